/**
 * Natural language inference: does a premise entail a hypothesis, contradict it, or neither?
 *
 * @see Bowman et al. 2015, SNLI, and Williams et al. 2018, MultiNLI: JSONL, or TSV with a header, `gold_label`, `sentence1`,
 * `sentence2`; Khot et al. 2018, SciTail, in its `snli_format`; Nie et al. 2020, Adversarial NLI: JSONL with `context`, `hypothesis`,
 * `label`; QNLI as in GLUE (Wang et al. 2018): TSV with a header, `question`, `sentence`, `label`.
 */
import type { EntailmentExample } from '../example.js';
import { jsonlRows } from '../reading/jsonl.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { tsvRows, tsvTable } from '../reading/table.js';

/** The classes by label, of all sets here but SciTail, which has the first two, and QNLI. */
export const nliClasses: readonly string[] = ['entailment', 'neutral', 'contradiction'];

/** The classes by label of sets that ask only for entailment: QNLI, RTE. */
export const entailmentClasses: readonly string[] = ['entailment', 'not_entailment'];

/** A pair of texts from two columns. */
export function entailmentOf(
  row: Row,
  columns: { premise: string; hypothesis: string },
  label: number,
): EntailmentExample {
  return {
    form: 'entailment',
    premise: row.text(columns.premise),
    hypothesis: row.text(columns.hypothesis),
    label,
    source: row.source,
  };
}

/**
 * Reads SNLI's `snli_1.0_dev.txt` and MultiNLI's `multinli_1.0_dev_matched.txt`, or their `.jsonl`. Pairs without a majority (`-`) are
 * left out, as in the papers.
 */
export const readNli: Reader<EntailmentExample> = rowReader(nliRows, (row) => goldPair(row, nliClasses));

/** Reads `snli_format/scitail_1.0_dev.txt`, which is JSONL. */
export const readScitail: Reader<EntailmentExample> = rowReader(nliRows, (row) =>
  goldPair(row, nliClasses.slice(0, 2)),
);

/** Reads `R1/dev.jsonl` and its like, of any round. */
export const readAnli: Reader<EntailmentExample> = rowReader(jsonlRows, (row) =>
  entailmentOf(
    row,
    { premise: 'context', hypothesis: 'hypothesis' },
    row.oneOf(
      'label',
      nliClasses.map((name) => name.charAt(0)),
    ),
  ),
);

/** Reads `dev.tsv`: the question is the premise, and the sentence that may answer it the hypothesis. */
export const readQnli: Reader<EntailmentExample> = rowReader(
  tsvTable(['question', 'sentence', 'label']),
  (row) =>
    entailmentOf(row, { premise: 'question', hypothesis: 'sentence' }, row.oneOf('label', entailmentClasses)),
);

function goldPair(row: Row, classes: readonly string[]): EntailmentExample | [] {
  if (row.fields.get('gold_label') === '-') return [];
  const label = row.oneOf('gold_label', classes);
  return entailmentOf(row, { premise: 'sentence1', hypothesis: 'sentence2' }, label);
}

/** Rows of a table end early where only some annotators gave a label. */
function nliRows(text: string, file: string): Iterable<LazyRow> {
  if (/^\ufeff?\s*\{/.test(text)) return jsonlRows(text, file);
  return tsvRows(text, file, ['gold_label', 'sentence1', 'sentence2'], { short: true });
}
