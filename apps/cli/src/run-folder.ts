/**
 * A run on disk: the model's files, the tokenizer's, the trainer's, and `run.json`, which says what the text was, so
 * that `--resume` can take it up again.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import {
  GptError,
  InvalidArgumentError,
  InvalidConfigError,
  InvalidFileError,
  type Storage,
} from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { STORY_KINDS, storyCorpus } from '@gpt-ts/data';
import { readText } from '@gpt-ts/data/node';
import { CONFIG_FILE, type GPT, loadModel } from '@gpt-ts/model';
import { type AnyTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import { GPT_COMMAND } from './io.js';

/** Where a run's text comes from. */
export type TextSource =
  | { kind: 'stories'; seed: number; characters: number; kinds: number }
  | { kind: 'file'; path: string; sha256: string };

/** The content of `run.json`. */
export interface RunFile {
  format: 1;
  preset: string;
  text: TextSource;
  /** Tokens of held-back text per evaluation, at most. */
  evalTokens: number;
}

const RUN_FILE = 'run.json';

/** Reads a text file and notes what it was. */
export async function textFromFile(path: string): Promise<{ text: string; source: TextSource }> {
  const text = await readText(path);
  return { text, source: { kind: 'file', path: resolve(path), sha256: sha256(text) } };
}

/** The story world's text. */
export function textFromStories(
  seed: number,
  characters: number,
  kinds: number = STORY_KINDS,
): { text: string; source: TextSource } {
  return {
    text: storyCorpus({ seed, characters, kinds }),
    source: { kind: 'stories', seed, characters, kinds },
  };
}

/**
 * The text a run was started with.
 *
 * @throws InvalidFileError when the file has changed since.
 */
export async function sameText(source: TextSource): Promise<string> {
  if (source.kind === 'stories') return textFromStories(source.seed, source.characters, source.kinds).text;
  const text = await readText(source.path);
  if (sha256(text) !== source.sha256) {
    throw new InvalidFileError({
      file: source.path,
      problem: 'the text is not the one this run was started with',
      hint: 'Bring the old file back, or start a new run.',
    });
  }
  return text;
}

/** Writes `run.json`. */
export async function saveRunFile(run: RunFile, storage: Storage): Promise<void> {
  await storage.write(RUN_FILE, [new TextEncoder().encode(`${JSON.stringify(run, null, 2)}\n`)]);
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
  const text = run?.text;
  const known =
    (text?.kind === 'stories' && [text.seed, text.characters, text.kinds].every(Number.isSafeInteger)) ||
    (text?.kind === 'file' && typeof text.path === 'string' && typeof text.sha256 === 'string');
  if (run?.format !== 1 || !known || !Number.isSafeInteger(run.evalTokens)) {
    throw new InvalidFileError({ file, problem: 'not the run.json of this version of gpt' });
  }
  return run as RunFile;
}

/** Whether a folder holds a run already. */
export async function hasRun(storage: Storage): Promise<boolean> {
  const files = await Promise.all([RUN_FILE, CONFIG_FILE].map((name) => storage.read(name)));
  return files.some((file) => file !== undefined);
}

/** Throws when a new run would overwrite one. */
export async function assertNoRun(storage: FolderStorage): Promise<void> {
  if (!(await hasRun(storage))) return;
  throw new InvalidArgumentError({
    argument: '--out',
    expected: 'a folder without a run',
    received: storage.folder,
    hint: `Go on with \`${GPT_COMMAND} train --resume --out ${storage.folder}\`, or choose another folder.`,
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

/** Runs `load`; an error about a file then says in which folder that file is. */
export async function inFolder<T>(folder: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof InvalidFileError || error instanceof InvalidConfigError)) throw error;
    if (error.message.startsWith(folder)) throw error;
    throw new GptError(error.code, { message: `${folder}/${error.message}`, cause: error }); // it begins with the file
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
