/**
 * HellaSwag: how does a scene go on?
 *
 * @see Zellers et al. 2019, HellaSwag: can a machine really finish your sentence?; JSONL with `activity_label`, `ctx`, `endings`,
 * `label` (from 0).
 */
import type { MultipleChoiceExample } from '../example.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { optionsOf } from './choice.js';

/** A scene and four endings. */
export interface HellaswagDocument extends MultipleChoiceExample {
  /** What the scene is of: `'Canoeing'`. */
  readonly activity: string;
}

/** Reads `hellaswag_val.jsonl`; the release's test file has no labels. */
export const readHellaswag: Reader<HellaswagDocument> = rowReader(jsonlRows, (row) => {
  const options = optionsOf(row, 'endings');
  return {
    form: 'multiple-choice',
    activity: row.text('activity_label'),
    context: row.text('ctx'),
    options,
    label: row.index('label', options.length),
    source: row.source,
  };
});
