/**
 * Keeps the newest checkpoints of a run and the best one, and removes the rest.
 *
 * Only checkpoints known to be whole are counted: those that this process wrote, and those it has verified. So a damaged
 * file never takes the place of a good one.
 */
import { InvalidArgumentError, type Storage } from '@gpt-ts/core';
import { stepOfName } from './checkpoint-name.js';
import type { FileTrouble } from './find-checkpoint.js';
import { type CheckpointContent, writeCheckpoint } from './write-checkpoint.js';

/** What became of the files when a checkpoint was put on the shelf. */
export interface ShelfReport {
  /** The new checkpoint. */
  file: string;
  /** Older ones that are gone. */
  removed: string[];
  /** Older ones that could not be removed; the next {@link Shelf.put} tries again. */
  failed: FileTrouble[];
}

/**
 * The checkpoints of a run. Names that are not those of checkpoints are left alone.
 *
 * @example
 * const shelf = new Shelf(storage, 3);
 * shelf.trust(checkpoint.step); // the run was resumed from it
 * const { file, failed } = await shelf.put(600, content, { best: 400 });
 */
export class Shelf {
  readonly #storage: Storage;
  readonly #keepLast: number;
  readonly #whole = new Set<number>();

  /** @param keepLast - How many of the newest whole checkpoints stay, at least 1. */
  constructor(storage: Storage, keepLast: number) {
    if (!Number.isSafeInteger(keepLast) || keepLast < 1) {
      const expected = 'a whole number from 1';
      throw new InvalidArgumentError({ argument: 'keepLast', expected, received: keepLast });
    }
    this.#storage = storage;
    this.#keepLast = keepLast;
  }

  /** Counts the checkpoint of a step among the whole ones: it has been verified. */
  trust(step: number): void {
    this.#whole.add(step);
  }

  /**
   * Writes the checkpoint of a step; once it is in place, those with `keepLast` newer whole ones are removed.
   *
   * @param options - `best` is the step of a checkpoint that stays, however old it is.
   * @throws What {@link writeCheckpoint} throws; then nothing is removed. A failed removal is reported, not thrown.
   */
  async put(step: number, content: CheckpointContent, options: { best?: number } = {}): Promise<ShelfReport> {
    const file = await writeCheckpoint(this.#storage, step, content);
    this.trust(step);
    const report: ShelfReport = { file, removed: [], failed: [] };
    let names: string[];
    try {
      names = await this.#storage.list();
    } catch (error) {
      report.failed.push({ file, reason: `the checkpoints before it cannot be listed: ${reasonOf(error)}` });
      return report;
    }
    for (const name of this.#past(names, [step, options.best])) {
      try {
        await this.#storage.remove(name);
        report.removed.push(name);
      } catch (error) {
        report.failed.push({ file: name, reason: reasonOf(error) });
      }
    }
    return report;
  }

  /** Checkpoints with enough whole ones newer than they are. */
  #past(names: readonly string[], kept: readonly (number | undefined)[]): string[] {
    const steps = new Map(names.map((name) => [name, stepOfName(name)]));
    const present = [...steps.values()].filter((step) => step !== undefined);
    const whole = present.filter((step) => this.#whole.has(step)).sort((a, b) => b - a);
    const oldestKept = whole[this.#keepLast - 1];
    if (oldestKept === undefined) return []; // too few are known to be whole
    return names.filter((name) => {
      const step = steps.get(name);
      return step !== undefined && step < oldestKept && !kept.includes(step);
    });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
