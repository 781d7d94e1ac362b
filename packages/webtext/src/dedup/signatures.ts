/** First pass: a few numbers for each document, which is all that the joins need. */
import { createHash } from 'node:crypto';
import { lshKeys, MinHash, type NearDuplicateSettings, wordShingles } from '@gpt-ts/data';
import { readDocuments } from '../documents/read-documents.js';
import type { ReadOptions } from '../stage/read-records.js';

const CHUNK_LINES = 2000;

/**
 * A file's signatures as CSV without header, a line a document: its number in the file, two 64-bit halves of its text's
 * SHA-256 (the first 128 bits), and its keys (none where it has no words, or none are wanted).
 *
 * @param settings - `undefined` when only equal texts are looked for.
 */
export async function* signatureLines(
  path: string,
  settings: NearDuplicateSettings | undefined,
  options: ReadOptions,
): AsyncGenerator<Uint8Array> {
  const minHash = settings && new MinHash(settings);
  const keysOf = (text: string): string => {
    if (settings === undefined || minHash === undefined) return '';
    const shingles = wordShingles(text, settings.shingleWords);
    const keys = lshKeys(minHash.signature(shingles), settings.bandHashes);
    return `,${shingles.length === 0 ? ','.repeat(keys.length - 1) : keys.join(',')}`;
  };
  const encoder = new TextEncoder();
  let lines: string[] = [];
  let number = 0;
  for await (const { text } of readDocuments(path, options)) {
    const digest = createHash('sha256').update(text).digest();
    lines.push(`${number++},${digest.readBigUInt64LE(0)},${digest.readBigUInt64LE(8)}${keysOf(text)}\n`);
    if (lines.length < CHUNK_LINES) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
  }
  yield encoder.encode(lines.join(''));
}
