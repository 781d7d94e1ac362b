/**
 * The Winograd Schema Challenge: what does a pronoun stand for?
 *
 * @see Levesque et al. 2012, The Winograd schema challenge; `WSCollection.xml` of Davis, Morgenstern and Ortiz: `<schema>` with
 * `<text>` (`txt1`, `pron`, `txt2`), `<quote>`, two `<answers>` and `<correctAnswer>`. The first 273 schemas are WSC273.
 */
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { xmlRows } from '../reading/xml.js';
import type { GapDocument } from './gap.js';

const PUNCTUATION = /^[.,;:!?]/;

/** A sentence with the gap where its pronoun stands. The options are written as in the file: `'The city councilmen'`. */
export interface WinogradDocument extends GapDocument {
  readonly pronoun: string;
  /** The part of the sentence that the schema asks about: `'they feared violence'`. */
  readonly quote: string;
}

/** Reads `WSCollection.xml`. White space is one space everywhere. */
export const readWinograd: Reader<WinogradDocument> = rowReader(
  (text, file) => xmlRows(text, file, 'schema'),
  (row) => {
    const options = row.texts('answers/answer').map(oneSpace);
    if (options.length !== 2) throw row.fail('answers/answer', 'two texts', options);
    const before = oneSpace(row.maybe('text/txt1'));
    const after = oneSpace(row.text('text/txt2'));
    return {
      before: before && `${before} `,
      pronoun: row.text('text/pron'),
      after: PUNCTUATION.test(after) ? after : ` ${after}`,
      quote: oneSpace(
        ['quote/quote1', 'quote/pron', 'quote/quote2'].map((part) => row.maybe(part)).join(' '),
      ),
      options,
      label: correctAnswer(row),
      source: row.source,
    };
  },
);

function correctAnswer(row: Row): number {
  const answer = row.text('correctAnswer');
  const label = ['A', 'B'].indexOf(answer.replace(/\.$/, ''));
  if (label >= 0) return label;
  throw row.fail('correctAnswer', 'one of A, B', answer);
}

function oneSpace(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
