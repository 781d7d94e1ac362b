/** What the commands of `gpt data` have in common. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Manifest, Stage } from '@gpt-ts/webtext';
import { Option, InvalidArgumentError as UsageError } from 'commander';
import { interruptible, printNote } from '../../io.js';
import { ShareLine } from '../../share-line.js';

const UNITS: Record<string, number> = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 };

/** Bytes, as `512MB` or `1.5GiB`. */
function memory(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(MB|GB|MiB|GiB)$/.exec(text) ?? [];
  if (unit === undefined) throw new UsageError('Expected an amount such as 512MB or 2GB.');
  return Math.floor(Number(amount) * UNITS[unit]);
}

/** `--data` */
export const dataOption = (): Option =>
  new Option('--data <path...>', 'JSONL with "text", text with <|endoftext|>, Parquet; or folders of them');

/** `--memory` */
export const memoryOption = (): Option =>
  new Option('--memory <amount>', 'for joins, before they go to disk; all in all it takes up to twice that')
    .argParser(memory)
    .default(1e9, '1GB');

export type Format = 'jsonl' | 'txt' | 'parquet';

/** `--format` */
export const formatOption = (): Option =>
  new Option('--format <kind>', 'of what is kept').choices(['jsonl', 'txt', 'parquet']).default('jsonl');

/** Joins use every core, but not more than eight. */
export const threads = (): number => Math.min(availableParallelism(), 8);

/** The package, loaded when it is wanted: DuckDB takes its time, and most commands have no use for it. */
export const webtext = (): Promise<typeof import('@gpt-ts/webtext')> => import('@gpt-ts/webtext');

/** What a run of a stage left. */
export interface StageResult {
  manifest: Manifest;
  /** Where what is kept lies: a file, or for JSONL a folder of parts. */
  kept: string;
}

/** Runs a stage with a line of progress; Ctrl-C stops it, and the same command goes on with it. */
export async function runStageIn(
  out: string,
  stage: Stage,
  files: readonly string[],
  format: Format,
): Promise<StageResult> {
  if (files.length === 0) {
    throw new InvalidArgumentError({ argument: '--data', expected: 'at least one file', received: 0 });
  }
  const { runPipeline, writeParquet, writePlainText } = await webtext();
  using interrupt = interruptible();
  const { signal } = interrupt;
  const line = new ShareLine();
  try {
    const [manifest] = await runPipeline([stage], {
      folder: out,
      inputs: files,
      signal,
      onEvent(event) {
        if (event.type === 'stage-progress')
          line.show(stage.name, event.all > 0 ? event.done / event.all : 1);
      },
    });
    const folder = join(out, stage.name);
    if (format === 'jsonl') return { manifest, kept: folder };
    const kept = join(out, `${stage.name}.${format}`);
    const parts = manifest.parts.map(({ name }) => join(folder, name));
    if (format === 'txt') await writePlainText(parts, kept, signal);
    else await writeParquet(parts, kept);
    return { manifest, kept };
  } catch (error) {
    if (signal.aborted) printNote('Stopped. The same command goes on from here.');
    throw error;
  } finally {
    line.close();
  }
}
