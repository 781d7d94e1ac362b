/** An HTTP answer as an archive keeps it: status, headers, body, all in one block. */
import type { IncomingHttpHeaders } from 'node:http';
import { FetchProblem } from '../fetch/fetch-problem.js';
import { unpackBody } from '../fetch/unpack-body.js';

/** An answer. */
export interface HttpMessage {
  status: number;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

const MAX_HEAD = 64 * 1024;

/**
 * Takes a block apart and unpacks its body.
 *
 * @throws {@link FetchProblem} `bad-response` or `too-big`.
 */
export async function parseHttpMessage(block: Uint8Array, maxBytes: number): Promise<HttpMessage> {
  const { head, bodyAt } = headOf(block);
  const [first, ...lines] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/\d(?:\.\d)? (\d{3})/.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) throw new FetchProblem('bad-response', 'no status line');
  const headers = headersOf(lines);
  const chunked = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
  const raw = block.subarray(bodyAt);
  const packed = (chunked ? unchunk(raw) : undefined) ?? raw; // many archives keep the header and join the chunks
  delete headers['content-length']; // of what was sent, not of what is kept
  return { status, headers, body: await unpackBody(packed, headers, maxBytes) };
}

/** Names in lower case; of equal ones the first counts. */
export function headersOf(lines: readonly string[]): IncomingHttpHeaders {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return Object.fromEntries(headers);
}

function headOf(block: Uint8Array): { head: string; bodyAt: number } {
  const text = Buffer.from(block.subarray(0, MAX_HEAD)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  if (end === null) throw new FetchProblem('bad-response', 'no end of the headers');
  return { head: text.slice(0, end.index), bodyAt: end.index + end[0].length };
}

/** Joins chunks, or gives `undefined` where the bytes are not in chunks. */
function unchunk(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf(10, at);
    if (end < 0 || end - at > 100) return undefined;
    const line = Buffer.from(bytes.subarray(at, end)).toString('latin1');
    const size = /^([\da-fA-F]{1,8})\s*(;.*)?$/s.exec(line.trim())?.[1];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(parts);
    if (end + 1 + length > bytes.length) return undefined;
    parts.push(bytes.subarray(end + 1, end + 1 + length));
    at = end + 1 + length;
    if (bytes[at] === 13) at++;
    if (bytes[at] === 10) at++;
  }
}
