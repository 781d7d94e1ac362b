/**
 * LAMBADA: what is the last word of a passage?
 *
 * @see Paperno et al. 2016, The LAMBADA dataset; the plain text of the release has a passage a line, in lower case and with
 * spaces around punctuation. OpenAI's test file, which GPT-2 was measured on, is JSONL with `text` as it was written.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { lineRows, lines } from '../reading/lines.js';
import { type Reader, rowReader } from '../reading/reader.js';

/** A passage; `context`, a space and `lastWord` are its `text`. */
export interface LambadaDocument extends TaskDocument {
  readonly text: string;
  readonly context: string;
  readonly lastWord: string;
}

/** Reads `lambada_development_plain_text.txt`, or `lambada_test.jsonl`: a file is JSONL if its name says so. */
export const readLambada: Reader<LambadaDocument> = rowReader(
  (text, file) => (file.endsWith('.jsonl') ? jsonlRows(text, file) : lineRows(lines(text), file, 'text')),
  (row) => {
    const text = row.text('text');
    const space = text.lastIndexOf(' ');
    if (space < 0) throw row.fail('text', 'two words or more, with a space between them', text);
    return { text, context: text.slice(0, space), lastWord: text.slice(space + 1), source: row.source };
  },
);
