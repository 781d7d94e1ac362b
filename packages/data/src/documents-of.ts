import type { Corpus } from './corpus.js';

/**
 * The ids of each document in turn, in an array of its own: what `packDocuments` takes.
 *
 * @example
 * await packDocuments(documentsOf(openNanoGpt(file)), shardWriter({ storage, nVocab: 50257, eotId: 50256 }));
 */
export function* documentsOf({
  ids,
  begins,
  ends,
}: Corpus): Generator<Int32Array | Uint16Array | Uint32Array> {
  for (let k = 0; k < begins.length; k++) yield ids.subarray(begins[k], ends[k]).slice();
}
