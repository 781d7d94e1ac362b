/**
 * Texts to predict: WikiText, PTB, enwik8, text8, the One Billion Word benchmark, OpenWebText.
 *
 * Word perplexity and bits per byte divide by units of the text as published, whatever a task makes of it before the model sees it
 * (GPT-2 section 3.1), so both are counted here.
 */

import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { TaskDocument } from '../evaluation/task.js';
import type { ExampleSource } from '../example.js';
import { allLines } from '../reading/lines.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';

/** A text, to the letter. */
export interface PlainTextDocument extends TaskDocument {
  readonly text: string;
  /** Pieces between white space, and one for the end of each line: `<eos>`, as published perplexities count. */
  readonly words: number;
  /** Of its UTF-8 form. */
  readonly bytes: number;
}

/** Reads whole files: `wiki.test.tokens`, `wiki.test.raw`, `enwik8`, a page of OpenWebText. */
export const readTexts: Reader<PlainTextDocument> = rowReader(
  (text, file) => [() => plainTextDocument(text, { file, row: 1 })],
  (document) => document,
);

/** Reads files whose lines are each a text: `news.en.heldout-00000-of-00050`. Blank lines are left out. */
export const readTextLines: Reader<PlainTextDocument> = rowReader(sentenceRows, (document) => document);

function* sentenceRows(text: string, file: string): Generator<LazyRow<PlainTextDocument>> {
  for (const { line, row } of allLines(text)) {
    if (line.trim() !== '') yield () => plainTextDocument(line, { file, row });
  }
}

function plainTextDocument(text: string, source: ExampleSource): PlainTextDocument {
  if (text.trim() === '') throw new InvalidExampleError({ ...source, expected: 'a text', received: text });
  let words = text.endsWith('\n') ? 0 : 1; // the last line ends without a line end
  for (const _ of text.matchAll(/\S+|\n/g)) words++;
  return { text, words, bytes: new TextEncoder().encode(text).length, source };
}
