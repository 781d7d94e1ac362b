/**
 * The log of an evaluation: a first line that says what was asked of whom, then a line an item. A log that was cut off is gone
 * on with; a whole one can be judged again without the model.
 */
import { basename, dirname } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import type { SampleRecord } from '@gpt-ts/tasks/evaluation';
import { z } from 'zod';
import type { ReadFile } from './eval-files.js';

const MAX_LOG_BYTES = 2 ** 30;

/** What an evaluation depends on. */
export interface EvalSetup {
  task: string;
  version: number;
  model: string;
  shots: number;
  seed: number;
  limit?: number;
  stride?: number;
  files: { test: ReadFile[]; train?: ReadFile[] };
}

const count = z.int().min(0);
const file = z.strictObject({ path: z.string(), sha256: z.string() });
const setupSchema: z.ZodType<EvalSetup> = z.strictObject({
  task: z.string(),
  version: count,
  model: z.string(),
  shots: count,
  seed: count,
  limit: count.optional(),
  stride: count.optional(),
  files: z.strictObject({ test: z.array(file), train: z.array(file).optional() }),
});
const startSchema = z.strictObject({ type: z.literal('eval-start'), setup: setupSchema });
const sampleSchema = z.looseObject({
  index: count,
  source: z.string(),
  shots: z.array(count),
  truncated: z.boolean(),
  answer: z.record(z.string(), z.unknown()),
});

/** A log on disk. */
export class EvalLog {
  readonly #storage: FolderStorage;
  readonly #name: string;

  constructor(path: string) {
    this.#storage = new FolderStorage(dirname(path));
    this.#name = basename(path);
  }

  /** What the log holds; a last line that was cut off does not count. */
  async read(): Promise<{ setup: EvalSetup; samples: SampleRecord[] } | undefined> {
    const bytes = await this.#storage.read(this.#name, { maxBytes: MAX_LOG_BYTES });
    const text = new TextDecoder().decode(bytes);
    const end = text.lastIndexOf('\n');
    if (end < 0) return undefined;
    const [first, ...rest] = text.slice(0, end).split('\n');
    const { setup } = this.#parse(startSchema, first, 1);
    const samples = rest.map((line, i) => this.#parse(sampleSchema, line, i + 2) as unknown as SampleRecord);
    return { setup, samples };
  }

  /** Begins the log, or begins it anew with what is known already. */
  async begin(setup: EvalSetup, samples: readonly SampleRecord[]): Promise<void> {
    const lines = [{ type: 'eval-start', setup }, ...samples];
    await this.#storage.write(
      this.#name,
      lines.map((line) => encode(line)),
    );
  }

  async add(sample: SampleRecord): Promise<void> {
    await this.#storage.append(this.#name, encode(sample));
  }

  #parse<T>(schema: z.ZodType<T>, line: string, number: number): T {
    try {
      return schema.parse(JSON.parse(line));
    } catch (cause) {
      throw new InvalidFileError({
        file: `${this.#storage.folder}/${this.#name}`,
        field: `line ${number}`,
        problem: 'is not what a log of gpt eval has there',
        cause,
      });
    }
  }
}

function encode(line: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(line)}\n`);
}
