/** A run as a file says it, in TypeScript, JSON or TOML: everything that `gpt train` can be told by flags, and more. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { InvalidConfigError, InvalidFileError } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';
import { type PresetName, presets } from '@gpt-ts/model';
import { checkSchema, type RecipeName, recipes, settingsSchema, type TrainSettings } from '@gpt-ts/trainer';
import { createJiti } from 'jiti';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';

/** The tokenizers that can be learned from a text. */
export const tokenizerKinds = ['char', 'byte-bpe', 'gpt1-bpe'] as const;

/** How documents become sequences; see `@gpt-ts/data`. */
export const documentLayouts = ['packed', 'aligned', 'apart', 'padded'] as const;

/** Changes to a model's config that make sense while it has not been trained. */
interface ModelChanges {
  nLayer?: number;
  nHead?: number;
  nEmbd?: number;
  nCtx?: number;
  embdPdrop?: number;
  attnPdrop?: number;
  residPdrop?: number;
}

/** A run. What is left out comes from the recipe. */
export interface RunConfig {
  /** Default: the one that trains the preset; without a preset, `stories`. */
  recipe?: RecipeName;
  /** Default: the recipe's first. */
  preset?: PresetName;
  /** Folder of a trained model and its tokenizer to go on from. */
  from?: string;
  model?: ModelChanges;
  tokenizer?: {
    kind?: (typeof tokenizerKinds)[number];
    /** Tokens to learn. */
    nVocab?: number;
    /** A tokenizer there is: `gpt2`, or a folder. */
    from?: string;
  };
  data?: {
    /** Text files, or folders of `.txt` files. With weights, shares of the sequences. Default: the built-in stories. */
    sources?: { path: string; weight?: number }[];
    documents?: (typeof documentLayouts)[number];
    /** Draw sequences anew each time, in place of every one once an epoch? */
    replacement?: boolean;
    /** Share of the tokens that is held back, in whole documents. Default: 0.1. */
    heldOut?: number;
    /** Held-back tokens per evaluation, at most. Default: 131072. */
    evalTokens?: number;
  };
  settings?: Partial<TrainSettings>;
  /** What the model writes now and then; see `sampleEvery`. */
  samples?: { prompts?: string[]; maxNewTokens?: number; temperature?: number };
}

const share = z.number().min(0).lt(1);
const size = z.int().min(1);

const schema: z.ZodType<RunConfig> = z.strictObject({
  recipe: z.enum(Object.keys(recipes) as RecipeName[]).optional(),
  preset: z.enum(Object.keys(presets) as PresetName[]).optional(),
  from: z.string().optional(),
  model: z
    .strictObject({
      ...{ nLayer: size, nHead: size, nEmbd: size, nCtx: size },
      ...{ embdPdrop: share, attnPdrop: share, residPdrop: share },
    })
    .partial()
    .optional(),
  tokenizer: z
    .strictObject({ kind: z.enum(tokenizerKinds), nVocab: z.int().min(2), from: z.string() })
    .partial()
    .optional(),
  data: z
    .strictObject({
      sources: z.array(z.strictObject({ path: z.string(), weight: z.number().positive().optional() })).min(1),
      documents: z.enum(documentLayouts),
      replacement: z.boolean(),
      heldOut: z.number().positive().lt(1),
      evalTokens: size,
    })
    .partial()
    .optional(),
  settings: settingsSchema.partial().optional(),
  samples: z
    .strictObject({
      prompts: z.array(z.string()).min(1),
      maxNewTokens: size,
      temperature: z.number().min(0),
    })
    .partial()
    .optional(),
});

/**
 * Checks a run's configuration.
 *
 * @param source - What to call it in errors.
 * @throws InvalidConfigError naming the field; of a misspelt one, what it is close to.
 */
export function checkRunConfig(value: unknown, source: string): RunConfig {
  const config = checkSchema(schema, value, source);
  if (config.from !== undefined && (config.model ?? config.preset ?? config.tokenizer) !== undefined) {
    const expected = 'given without preset, model and tokenizer: they are those of the folder';
    throw new InvalidConfigError({ source, field: 'from', expected, received: config.from });
  }
  const weights = config.data?.sources?.map(({ weight }) => weight) ?? [];
  if (weights.some((weight) => weight === undefined) && weights.some((weight) => weight !== undefined)) {
    const expected = 'given for every source or for none';
    throw new InvalidConfigError({ source, field: 'data.sources.weight', expected, received: weights });
  }
  return config;
}

/**
 * Reads a configuration: `.json`, `.toml`, or a module (`.ts`, `.mts`, `.js`, `.mjs`) whose default export it is. A module is
 * run, so it can do what any program can.
 */
export async function readRunConfig(path: string): Promise<RunConfig> {
  return checkRunConfig(await readAny(path), path);
}

async function readAny(path: string): Promise<unknown> {
  const kind = extname(path);
  const isModule = ['.ts', '.mts', '.js', '.mjs'].includes(kind);
  if (!isModule && kind !== '.json' && kind !== '.toml') {
    const problem = kind === '' ? 'has no ending that tells its format' : `the ending ${kind} is not known`;
    throw new InvalidFileError({ file: path, problem, hint: 'Give a .json, .toml or .ts file.' });
  }
  const text = await readFile(path, 'utf8').catch((error) => {
    throw unreadable(path, error);
  });
  if (isModule) return await defaultExport(path);
  try {
    return kind === '.json' ? JSON.parse(text) : parse(text);
  } catch (cause) {
    const place = cause instanceof TomlError ? `, line ${cause.line}, column ${cause.column}` : '';
    const problem = `is not valid ${kind.slice(1).toUpperCase()}: ${firstLine(cause)}${place}`;
    throw new InvalidFileError({ file: path, problem, cause });
  }
}

async function defaultExport(path: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false, interopDefault: false });
  let exported: { default?: unknown };
  try {
    exported = await jiti.import(resolve(path));
  } catch (cause) {
    throw new InvalidFileError({ file: path, problem: `cannot be run: ${firstLine(cause)}`, cause });
  }
  if (exported.default !== undefined) return exported.default;
  const hint = "Write: export default { preset: 'nano' };";
  throw new InvalidFileError({ file: path, problem: 'has no default export', hint });
}

/** What went wrong, on one line. */
function firstLine(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.trim().replace(/\.$/, '');
}
