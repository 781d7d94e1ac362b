/**
 * A run on disk: the model's files, the tokenizer's, the trainer's, and `run.json`, which says what the text was, so
 * that `--resume` can take it up again.
 */
import { basename, join } from 'node:path';
import {
  GptError,
  InvalidArgumentError,
  InvalidConfigError,
  InvalidFileError,
  MemoryStorage,
  type Storage,
} from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { CONFIG_FILE, type GPT, loadModel, ModelTooLargeError } from '@gpt-ts/model';
import { type AnyTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import { stepOfName } from '@gpt-ts/trainer';
import { z } from 'zod';
import { TASK_FILE } from './finetune-run.js';
import { GPT_COMMAND } from './io.js';
import { checkRunConfig, type RunConfig } from './run-config.js';
import type { TextSource } from './run-text.js';

/** The content of `run.json`. */
export interface RunFile {
  format: 2;
  /** The run as it was asked for, with nothing left to the recipe. */
  config: RunConfig;
  texts: TextSource[];
}

/** Name of the file that says what a model was trained on. */
export const RUN_FILE = 'run.json';

const whole = z.int().min(0);
const textSource: z.ZodType<TextSource> = z.union([
  z.strictObject({ kind: z.literal('stories'), seed: whole, characters: whole, kinds: whole }),
  z.strictObject({
    kind: z.enum(['file', 'shards']),
    path: z.string(),
    sha256: z.string(),
    weight: z.number().positive().optional(),
  }),
]);

/** What a run writes before it begins, by name: its tokenizer and, last, the file that says what it is. */
export async function runFiles(
  tokenizer: AnyTokenizer,
  name: string,
  content: object,
): Promise<Map<string, Uint8Array>> {
  const storage = new MemoryStorage();
  await tokenizer.save(storage);
  await storage.write(name, [new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`)]);
  return storage.files;
}

/** Whether a run has a checkpoint, whole or not. */
export async function hasCheckpoint(storage: Storage): Promise<boolean> {
  return (await storage.list()).some((name) => stepOfName(name) !== undefined);
}

/** Reads `run.json`. */
export async function loadRunFile(storage: FolderStorage): Promise<RunFile> {
  const file = `${storage.folder}/${RUN_FILE}`;
  const bytes = await storage.read(RUN_FILE);
  if (bytes === undefined) {
    const hint = `Start one with \`${GPT_COMMAND} train --out DIR\`.`;
    throw new InvalidFileError({ file, problem: 'the file is missing: no run to resume here', hint });
  }
  let run: Partial<RunFile> | null;
  try {
    run = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidFileError({ file, problem: 'not valid JSON', cause });
  }
  const texts = z.array(textSource).min(1).safeParse(run?.texts);
  if (run?.format !== 2 || !texts.success) {
    throw new InvalidFileError({ file, problem: 'not the run.json of this version of gpt' });
  }
  return { format: 2, config: checkRunConfig(run.config, `${file}: config`), texts: texts.data };
}

/** Whether a folder holds a run already. */
export async function hasRun(storage: Storage): Promise<boolean> {
  const files = await Promise.all([RUN_FILE, TASK_FILE, CONFIG_FILE].map((name) => storage.read(name)));
  return files.some((file) => file !== undefined);
}

/** Throws when a new run would overwrite one. */
export async function assertNoRun(storage: FolderStorage): Promise<void> {
  if (!(await hasRun(storage))) return;
  const command = (await storage.read(TASK_FILE)) === undefined ? 'train' : 'finetune';
  throw new InvalidArgumentError({
    argument: '--out',
    expected: 'a folder without a run',
    received: storage.folder,
    hint: `Go on with \`${GPT_COMMAND} ${command} --resume --out ${storage.folder}\`, or choose another folder.`,
  });
}

/** A trained model with its tokenizer. */
export async function loadRun(folder: string): Promise<{ model: GPT; tokenizer: AnyTokenizer }> {
  const storage = new FolderStorage(folder);
  const [model, tokenizer] = await inFolder(
    folder,
    async () => [await loadModel(storage), await loadTokenizer(storage)] as const,
  );
  if (tokenizer.nVocab > model.config.nVocab) {
    throw new InvalidFileError({
      file: `${folder}/vocab.json`,
      problem: `it has ${tokenizer.nVocab} tokens, the model knows ${model.config.nVocab}`,
    });
  }
  return { model, tokenizer };
}

/** Runs `load`; an error about a file, or about a model as a whole, then says in which folder it is. */
export async function inFolder<T>(folder: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const message = error instanceof GptError ? messageIn(folder, error) : undefined;
    if (message === undefined) throw error;
    throw new GptError((error as GptError).code, { message, cause: error });
  }
}

/** The message with the folder, or `undefined` when it is about something else, or says the path already. */
function messageIn(folder: string, error: GptError): string | undefined {
  if (error instanceof ModelTooLargeError) return `${folder}: ${error.message}`;
  const file =
    error instanceof InvalidFileError
      ? error.file
      : error instanceof InvalidConfigError && error.source !== 'config'
        ? error.source
        : undefined;
  if (file === undefined || file !== basename(file)) return undefined;
  return join(folder, file) + error.message.slice(file.length); // it begins with the file
}
