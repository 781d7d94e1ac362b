/**
 * MRPC: do two sentences of the news say the same?
 *
 * @see Dolan and Brockett 2005, Automatically constructing a corpus of sentential paraphrases; the files of Microsoft's
 * release: TSV with a header, `Quality`, `#1 ID`, `#2 ID`, `#1 String`, `#2 String`, a byte order mark and quotes that
 * mean nothing.
 */
import type { SimilarityExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet } from './task-set.js';

/** Reads `msr_paraphrase_train.txt` or the test file; 1 is a paraphrase. */
export function readMrpc(text: string, file: string, onBadRow?: OnBadRow): SimilarityExample[] {
  const rows = tsvRows(text, file, ['Quality', '#1 String', '#2 String']);
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'similarity',
    a: row.text('#1 String'),
    b: row.text('#2 String'),
    label: row.oneOf('Quality', ['0', '1']),
    source: row.source,
  }));
}

export const mrpc: TaskSet<'similarity'> = {
  name: 'mrpc',
  form: 'similarity',
  classes: ['different', 'paraphrase'],
  files: { train: ['msr_paraphrase_train.txt'] },
  devShare: 0.1,
  metric: 'f1',
  read: eachFile(readMrpc),
};
