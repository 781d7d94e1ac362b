/** Corpora in which every id says where it stands: document `k` holds `1000 (k + 1), 1000 (k + 1) + 1, ...`. */
import { Random } from '@gpt-ts/core';
import type { Batch } from '../../src/batch.js';
import { type Corpus, corpusFromDocuments } from '../../src/corpus.js';

export const EOT = 0;

/** Documents of the given lengths, with end-of-text between them or without. */
export function corpusOf(lengths: readonly number[], separated = true): Corpus {
  const documents = lengths.map((length, k) => Array.from({ length }, (_, i) => 1000 * (k + 1) + i));
  return corpusFromDocuments(documents, { eotId: separated ? EOT : undefined });
}

/** One to twelve documents of one to forty ids. */
export function randomLengths(seed: number): number[] {
  const random = new Random(seed, 'test corpus');
  return Array.from({ length: 1 + random.int(12) }, () => 1 + random.int(40));
}

/** The document an id is from, from 0; -1 for end-of-text. */
export const documentOf = (id: number) => Math.floor(id / 1000) - 1;

/** The rows of a batch as plain lists. */
export function rowsOf({ inputs, targets, batchSize, nCtx }: Batch) {
  return Array.from({ length: batchSize }, (_, row) => ({
    inputs: [...inputs.subarray(row * nCtx, (row + 1) * nCtx)],
    targets: [...targets.subarray(row * nCtx, (row + 1) * nCtx)],
  }));
}

/** Why a row is no piece of the corpus; undefined when it is one. */
export function brokenRow(row: { inputs: number[]; targets: number[] }, lengths: readonly number[]) {
  const end = row.targets.indexOf(-1) < 0 ? row.targets.length : row.targets.indexOf(-1);
  if (end === 0) return 'predicts nothing';
  if (row.targets.slice(end).some((target) => target !== -1)) return 'a target after the padding';
  for (let i = 0; i < end; i++) {
    const [input, target] = [row.inputs[i], row.targets[i]];
    const last = (id: number) => id % 1000 === lengths[documentOf(id)] - 1;
    const follows =
      input === EOT ? target % 1000 === 0 && target !== EOT : target === (last(input) ? EOT : input + 1);
    if (!follows) return `${target} after ${input}`;
    if (i + 1 < end && row.inputs[i + 1] !== target)
      return `${row.inputs[i + 1]} stands where ${target} was due`;
  }
  return undefined;
}
