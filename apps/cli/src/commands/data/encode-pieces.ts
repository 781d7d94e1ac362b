/** Documents as ids, a part at a time. */
import type { AnyTokenizer, ByteBpeTokenizer } from '@gpt-ts/tokenizer';
import { encodeBatch } from '@gpt-ts/tokenizer/batch';
import { wholeText } from '../tokenizer/text-input.js';
import type { Piece } from './document-texts.js';

/** Some of a document's ids. */
export interface EncodedPart {
  ids: ArrayLike<number>;
  /** Whether the document ends with them. */
  ends: boolean;
}

const BATCH_UNITS = 2 ** 22; // UTF-16 units that workers share

/**
 * The ids that `gpt train` learns from: documents of their own, or one document with line breaks between where the tokenizer has
 * no end-of-text. A byte-level BPE encodes on every core; GPT-1's reads all of the text first.
 */
export async function* encodePieces(
  tokenizer: AnyTokenizer,
  pieces: AsyncIterable<Piece>,
): AsyncGenerator<EncodedPart> {
  const documents = tokenizer.eotId === undefined ? joined(pieces) : pieces;
  switch (tokenizer.kind) {
    case 'byte-bpe':
      yield* encodeBpe(tokenizer, documents);
      break;
    case 'char':
      for await (const { text, ends } of documents) yield { ids: tokenizer.encode(text), ends };
      break;
    case 'gpt1-bpe':
      yield { ids: tokenizer.encode(await wholeText(textsOf(documents))), ends: true };
  }
}

/** All documents as one. */
export async function* joined(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let before = '';
  for await (const { text, ends } of pieces) {
    yield { text: before + text, ends: false };
    before = ends ? '\n' : '';
  }
}

async function* textsOf(pieces: AsyncIterable<Piece>): AsyncGenerator<string> {
  for await (const { text } of pieces) yield text;
}

/** Whole documents go to workers many at a time; one in several pieces is encoded as they come. */
async function* encodeBpe(
  tokenizer: ByteBpeTokenizer,
  documents: AsyncIterable<Piece>,
): AsyncGenerator<EncodedPart> {
  let batch: string[] = [];
  let units = 0;
  async function* encodeWhole(): AsyncGenerator<EncodedPart> {
    for (const ids of await encodeBatch(tokenizer, batch)) yield { ids, ends: true };
    batch = [];
    units = 0;
  }
  const source = documents[Symbol.asyncIterator]();
  for (let next = await source.next(); !next.done; next = await source.next()) {
    const { text, ends } = next.value;
    if (ends) {
      batch.push(text);
      units += text.length + 1;
      if (units >= BATCH_UNITS) yield* encodeWhole();
    } else {
      yield* encodeWhole();
      for await (const ids of tokenizer.encodeStream(restOf(text, source))) yield { ids, ends: false };
      yield { ids: [], ends: true };
    }
  }
  yield* encodeWhole();
}

/** The texts of a document that has begun. */
async function* restOf(first: string, source: AsyncIterator<Piece>): AsyncGenerator<string> {
  yield first;
  for (;;) {
    const next = await source.next();
    if (next.done) return;
    yield next.value.text;
    if (next.value.ends) return;
  }
}
