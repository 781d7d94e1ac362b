/** A fine-tuning run on disk and in memory: its task, its examples, its model. */
import { createHash } from 'node:crypto';
import { basename, extname, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { readText } from '@gpt-ts/data/node';
import { GPT, growVocabulary, loadConfig, loadModel, type TaskForm } from '@gpt-ts/model';
import {
  type EncodedExample,
  type Example,
  type ExampleForm,
  type ExampleFormat,
  encodeExamples,
  holdOut,
  type RowFormat,
  readExamples,
  readTaskSet,
  type TaskSet,
  type TaskSetName,
  taskSets,
} from '@gpt-ts/tasks';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { checkSchema, checkSettings, settingsSchema, type TrainSettings } from '@gpt-ts/trainer';
import { z } from 'zod';
import { filesIn } from './files-in.js';

/** Name of the file that says what a model was fine-tuned for. */
export const TASK_FILE = 'task.json';

/** A file that examples came from, and what it was. */
interface ExampleFile {
  path: string;
  sha256: string;
}

/** The content of `task.json`. */
export interface TaskFile {
  format: 1;
  form: ExampleForm;
  /** Class names by label, or what options are called. */
  classes: string[];
  /** Ids of the special tokens, and the longest row. */
  row: RowFormat;
  /** A published set, whose files these are. */
  set?: TaskSetName;
  train: ExampleFile[];
  /** Left out: a part of `train` is held back. */
  dev?: ExampleFile[];
  devShare: number;
  /** Rows that cannot be read are left out. */
  skipBadRows: boolean;
  /** The model it began with. */
  from: string;
  /** Only the shape of that model was taken: its weights are new. */
  scratch: boolean;
  settings: TrainSettings;
  lmCoef: number;
  clfPdrop: number;
}

const file = z.strictObject({ path: z.string(), sha256: z.string() });
const id = z.int().min(0);
const schema: z.ZodType<TaskFile> = z.strictObject({
  format: z.literal(1),
  form: z.enum(['classification', 'entailment', 'similarity', 'multiple-choice']),
  classes: z.array(z.string()).min(1),
  row: z.strictObject({ nCtx: id, start: id, delimiter: id, extract: id }),
  set: z.enum(Object.keys(taskSets) as TaskSetName[]).optional(),
  train: z.array(file).min(1),
  dev: z.array(file).min(1).optional(),
  devShare: z.number().positive().lt(1),
  skipBadRows: z.boolean(),
  from: z.string(),
  scratch: z.boolean(),
  settings: settingsSchema as z.ZodType<TrainSettings>,
  lmCoef: z.number().min(0),
  clfPdrop: z.number().min(0).lt(1),
});

/** Reads `task.json`. */
export async function loadTaskFile(storage: FolderStorage): Promise<TaskFile> {
  const name = `${storage.folder}/${TASK_FILE}`;
  const bytes = await storage.read(TASK_FILE, { maxBytes: 2 ** 24 });
  if (bytes === undefined)
    throw new InvalidFileError({ file: name, problem: 'is missing: no fine-tuning here' });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidFileError({ file: name, problem: 'not valid JSON', cause });
  }
  const task = checkSchema(schema, json, name);
  checkSettings(task.settings, `${name}: settings`);
  return task;
}

/** Examples to learn from and to measure on. */
export interface Examples {
  form: ExampleForm;
  classes: readonly string[];
  train: readonly Example[];
  dev: readonly Example[];
  files: Pick<TaskFile, 'train' | 'dev'>;
  /** Rows left out. */
  skipped: number;
}

/** Where examples are: a published set, or files with named columns. */
export type ExampleFiles = { train: string[]; dev?: string[] } & (
  | { set: TaskSetName }
  | { form: ExampleForm }
);

/** The files of a published set in a folder. */
export async function setFiles(
  set: TaskSetName,
  folder: string,
): Promise<{ train: string[]; dev?: string[] }> {
  const { train, dev } = taskSets[set].files;
  return { train: await filesIn(folder, train), dev: dev && (await filesIn(folder, dev)) };
}

/** Reads the examples of a task. */
export async function readTask(
  source: ExampleFiles & Pick<TaskFile, 'devShare' | 'skipBadRows'>,
): Promise<Examples> {
  const open = async (path: string) => ({ path: resolve(path), name: path, text: await readText(path) });
  const [train, dev] = await Promise.all(
    [source.train, source.dev].map((paths) => paths && Promise.all(paths.map(open))),
  );
  const files = { train: train!.map(fingerprint), dev: dev?.map(fingerprint) };
  const { devShare, skipBadRows } = source;
  if ('set' in source) {
    const set: TaskSet = { ...taskSets[source.set], ...(dev ? {} : { devShare }) };
    const named = (list: typeof train) => list?.map(({ name, text }) => ({ name: basename(name), text }));
    let skipped = 0;
    const onBadRow = skipBadRows ? () => void skipped++ : undefined;
    const examples = readTaskSet(set, { train: named(train)!, dev: named(dev) }, 0, onBadRow);
    return { form: set.form, classes: set.classes, ...examples, files, skipped };
  }
  const { form } = source;
  const read = (list: NonNullable<typeof train>, classes?: readonly string[]) =>
    list.map(({ name, text }) => {
      return readExamples(text, { form, format: formatOf(name), file: name, classes, skipBadRows });
    });
  const [first, ...more] = read(train!.slice(0, 1));
  const { classes } = first;
  const parts = [first, ...more, ...read(train!.slice(1), classes)];
  const held = dev && read(dev, classes);
  const all = parts.flatMap(({ examples }) => examples);
  const splits = held
    ? { train: all, dev: held.flatMap(({ examples }) => examples) }
    : holdOut(all, devShare, 0);
  const skipped = [...parts, ...(held ?? [])].reduce((sum, part) => sum + part.skipped, 0);
  return { form, classes, ...splits, files, skipped };
}

/**
 * The examples a run was started with.
 *
 * @throws InvalidFileError when a file has changed since.
 */
export async function sameTask(task: TaskFile): Promise<Examples> {
  const { set, form, devShare, skipBadRows } = task;
  const paths = { train: task.train.map(({ path }) => path), dev: task.dev?.map(({ path }) => path) };
  const examples = await readTask({ ...paths, devShare, skipBadRows, ...(set ? { set } : { form }) });
  const now = [...examples.files.train, ...(examples.files.dev ?? [])];
  for (const [i, { path, sha256 }] of [...task.train, ...(task.dev ?? [])].entries()) {
    if (now[i].sha256 === sha256) continue;
    const hint = 'Bring the old file back, or start a new run.';
    throw new InvalidFileError({ file: path, problem: 'is not the file this run was started with', hint });
  }
  return examples;
}

/** Examples in token ids. */
export function encodeTask(
  { train, dev }: Examples,
  tokenizer: AnyTokenizer,
  row: RowFormat,
): { train: EncodedExample[]; dev: EncodedExample[] } {
  return { train: encodeExamples(train, tokenizer, row), dev: encodeExamples(dev, tokenizer, row) };
}

/** The model a fine-tuning begins with: three tokens larger than the one it comes from. */
export async function baseModel({ from, scratch, settings }: TaskFile): Promise<GPT> {
  const storage = new FolderStorage(from);
  const { seed } = settings;
  using model = scratch ? GPT.random(await loadConfig(storage), seed) : await loadModel(storage);
  return await growVocabulary(model, 3, seed);
}

/** The head that a form of example goes to. */
export function headForm(form: ExampleForm): TaskForm {
  return form === 'entailment' ? 'classification' : form;
}

function formatOf(path: string): ExampleFormat {
  const format = extname(path).slice(1);
  if (format === 'csv' || format === 'tsv' || format === 'jsonl') return format;
  throw new InvalidArgumentError({
    argument: '--train',
    expected: 'files whose names end in .csv, .tsv or .jsonl',
    received: path,
  });
}

function fingerprint({ path, text }: { path: string; text: string }): ExampleFile {
  return { path, sha256: createHash('sha256').update(text).digest('hex') };
}
