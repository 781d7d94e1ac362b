/** Pages of a web archive: WARC 1.0 and 1.1, `.warc` and `.warc.gz` (ISO 28500). */
import { InvalidFileError } from '@gpt-ts/core';
import { FetchProblem } from '../fetch/fetch-problem.js';
import { openInput } from '../stage/open-input.js';
import type { ReadOptions } from '../stage/read-records.js';
import { ByteError, ByteReader } from './byte-reader.js';
import { headersOf, parseHttpMessage } from './http-message.js';
import type { SavedPage } from './saved-pages.js';

const MAX_LINE = 16 * 1024;
const MAX_HEADERS = 200;

/**
 * Yields the answers in an archive, in its order. A record that is too big or damaged inside is yielded with its problem.
 *
 * @param maxBytes - Of a page, packed and unpacked; longer records are passed over unread.
 * @throws {@link InvalidFileError} where the file is no archive or is cut short.
 */
export async function* readWarc(
  path: string,
  maxBytes: number,
  options: ReadOptions = {},
): AsyncGenerator<SavedPage> {
  const reader = new ByteReader(openInput(path, options));
  try {
    for (let number = 1; ; number++) {
      const headers = await recordHeaders(reader, path, number);
      if (headers === undefined) return;
      const length = Number(headers['content-length']);
      if (!Number.isSafeInteger(length) || length < 0) throw damaged(path, number, 'has no Content-Length');
      const url = String(headers['warc-target-uri'] ?? '').replace(/^<|>$/g, '');
      const type = headers['warc-type'];
      const wanted = (type === 'response' || type === 'resource') && /^https?:/i.test(url);
      if (!wanted || length > maxBytes) {
        await reader.skip(length);
        if (wanted) yield { url, problem: new FetchProblem('too-big', `${length} bytes`) };
        continue;
      }
      const block = await reader.bytes(length);
      if (type === 'response') yield await savedPage(url, block, maxBytes);
      else yield { url, status: 200, contentType: String(headers['content-type'] ?? ''), body: block };
    }
  } catch (error) {
    if (error instanceof ByteError)
      throw new InvalidFileError({ file: path, problem: error.message, cause: error });
    throw error;
  } finally {
    await reader.close();
  }
}

async function savedPage(url: string, block: Uint8Array, maxBytes: number): Promise<SavedPage> {
  try {
    const { status, headers, body } = await parseHttpMessage(block, maxBytes);
    return { url, status, contentType: headers['content-type'] ?? '', location: headers.location, body };
  } catch (problem) {
    if (problem instanceof FetchProblem) return { url, problem };
    throw problem;
  }
}

/** The headers of the next record, or `undefined` at the end. Empty lines lie between records. */
async function recordHeaders(
  reader: ByteReader,
  path: string,
  number: number,
): Promise<ReturnType<typeof headersOf> | undefined> {
  let first = await reader.line(MAX_LINE);
  for (let empty = 0; first === '' && empty < 16; empty++) first = await reader.line(MAX_LINE);
  if (first === undefined) return undefined;
  if (!/^WARC\/[01]\.\d+$/.test(first))
    throw damaged(path, number, 'does not begin with WARC/1.0 or WARC/1.1');
  const lines: string[] = [];
  for (;;) {
    const line = await reader.line(MAX_LINE);
    if (line === '' || line === undefined) return headersOf(lines);
    if (lines.push(line) > MAX_HEADERS) throw damaged(path, number, `has more than ${MAX_HEADERS} headers`);
  }
}

function damaged(file: string, number: number, problem: string): InvalidFileError {
  return new InvalidFileError({ file, field: `record ${number}`, problem });
}
