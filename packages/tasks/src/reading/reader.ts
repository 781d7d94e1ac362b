/** Readers of the files of a set. */
import type { TextFile } from '../sets/task-set.js';
import { type OnBadRow, type RowsOf, readRows } from './read-rows.js';

/**
 * Reads files into documents or examples, in the order of their rows.
 *
 * @throws InvalidExampleError for the first bad row; with `onBadRow`, only for wrong column names.
 * @throws InvalidFileError when a file as a whole is not what it should be.
 */
export type Reader<D> = (files: readonly TextFile[], onBadRow?: OnBadRow) => D[];

/** The reader of a set whose files stand each for itself. */
export function eachFile<D>(read: (text: string, file: string, onBadRow?: OnBadRow) => D[]): Reader<D> {
  return (files, onBadRow) => files.flatMap(({ text, name }) => read(text, name, onBadRow));
}

/** The reader of files that stand each for itself, from their rows and what is made of one. */
export function rowReader<R, D>(rows: RowsOf<R>, make: (row: R) => D | D[]): Reader<D> {
  return eachFile((text, file, onBadRow) => readRows(rows(text, file), file, onBadRow, make));
}
