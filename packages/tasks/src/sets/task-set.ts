/** A published data set as data: what is in it, which files it takes and how they are read. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { ExampleForm, ExampleOf } from '../example.js';
import { holdOut } from '../hold-out.js';
import type { OnBadRow } from '../reading/read-rows.js';

/** A file that the caller has read. */
export interface TextFile {
  /** For messages, and to tell files of one set apart: `mc500.dev.ans`. */
  readonly name: string;
  readonly text: string;
}

/** The measure in which results on a set are published. */
export type TaskMetric = 'accuracy' | 'f1' | 'matthews';

/** A published data set. */
export interface TaskSet<F extends ExampleForm = ExampleForm> {
  readonly name: string;
  readonly form: F;
  /** Class names, or what the set calls its options, by label. */
  readonly classes: readonly string[];
  /** The files of each split, relative to the set's folder. `*` stands for any file name. */
  readonly files: { readonly train: readonly string[]; readonly dev?: readonly string[] };
  /** Share of the training examples to hold back where the set has no dev files. */
  readonly devShare?: number;
  readonly metric: TaskMetric;
  /**
   * Reads the files of one split.
   *
   * @param onBadRow - Told of a row that is not what it should be, which is then left out. Default: throws the error.
   * @throws {@link InvalidExampleError} or InvalidFileError when a file is not what the set says.
   */
  read(files: readonly TextFile[], onBadRow?: OnBadRow): ExampleOf<F>[];
}

/** Examples to learn from and examples to measure on. */
export interface Splits<E> {
  readonly train: readonly E[];
  readonly dev: readonly E[];
}

/**
 * Reads a set's files into its two splits. Without dev files, a set that was published without a dev split holds back
 * `devShare` of its examples, see {@link holdOut}.
 *
 * @param seed - Of what is held back. Default 0.
 * @param onBadRow - As in {@link TaskSet.read}.
 * @throws InvalidArgumentError when dev files are missing.
 * @example
 * const { train, dev } = readTaskSet(taskSets.rte, { train: [{ name: 'train.tsv', text }] });
 */
export function readTaskSet<S extends TaskSet>(
  set: S,
  files: { train: readonly TextFile[]; dev?: readonly TextFile[] },
  seed = 0,
  onBadRow?: OnBadRow,
): Splits<ReturnType<S['read']>[number]> {
  const train = set.read(files.train, onBadRow);
  if (files.dev !== undefined) return { train, dev: set.read(files.dev, onBadRow) };
  if (set.devShare !== undefined) return holdOut(train, set.devShare, seed);
  throw new InvalidArgumentError({
    argument: 'files.dev',
    expected: `the dev files of ${set.name} (${set.files.dev?.join(', ')})`,
    received: undefined,
  });
}
