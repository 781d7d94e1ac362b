/**
 * WinoGrande: which of two names fills the gap?
 *
 * @see Sakaguchi et al. 2020, WinoGrande: an adversarial Winograd schema challenge at scale; JSONL with `sentence` (one `_`),
 * `option1`, `option2`, `answer`.
 */
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { aroundGap, type GapDocument } from './gap.js';

/** Reads `train_xl.jsonl` or `dev.jsonl`; the release's test file has no answers. */
export const readWinogrande: Reader<GapDocument> = rowReader(jsonlRows, (row) => ({
  ...aroundGap(row, 'sentence', '_'),
  options: [row.text('option1'), row.text('option2')],
  label: row.oneOf('answer', ['1', '2']),
  source: row.source,
}));
