/**
 * Texts and their summaries.
 *
 * @see Hermann et al. 2015, Teaching machines to read and comprehend: CNN and Daily Mail, a `.story` file for each article, with a
 * sentence of its summary after each `@highlight`; Narayan et al. 2018, XSum: JSONL with `document` and `summary`; Cachola et al.
 * 2020, SciTLDR: JSONL with `source` (sentences) and `target` (summaries).
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { plainText } from '../reading/lines.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { Row } from '../reading/row.js';

/** A text and what people wrote as its summary. */
export interface SummaryDocument extends TaskDocument {
  readonly text: string;
  /** One or more, each a whole summary. */
  readonly summaries: readonly string[];
}

/** Reads `.story` files. The summary is the highlights, a line each. A story without text or highlights is a bad row. */
export const readStories: Reader<SummaryDocument> = rowReader(
  (text, file) => [() => new Row({ file, row: 1 }, new Map([['story', plainText(text)]]))],
  (row) => {
    const [text, ...highlights] = row.text('story').split(/^@highlight$/m);
    const lines = highlights.map((highlight) => highlight.trim().replace(/\s+/g, ' '));
    if (text.trim() === '' || lines.length === 0 || lines.includes('')) {
      throw row.fail('story', 'an article, then @highlight and a text, once or more', row.text('story'));
    }
    return { text: text.trim(), summaries: [lines.join('\n')], source: row.source };
  },
);

/** Reads JSONL with `document` and `summary`. */
export const readXsum: Reader<SummaryDocument> = rowReader(jsonlRows, (row) => ({
  text: row.text('document'),
  summaries: [row.text('summary')],
  source: row.source,
}));

/** Reads `SciTLDR-A/dev.jsonl` and its like: the sentences of the source with a space between them. */
export const readScitldr: Reader<SummaryDocument> = rowReader(jsonlRows, (row) => {
  const summaries = row.texts('target');
  if (summaries.length === 0) throw row.fail('target', 'one text or more', summaries);
  const sentences = row.texts('source');
  if (sentences.length === 0) throw row.fail('source', 'one text or more', sentences);
  return { text: sentences.join(' '), summaries, source: row.source };
});
