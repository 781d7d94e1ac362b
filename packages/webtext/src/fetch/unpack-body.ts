/** A body without its content encoding, never larger than allowed: a few kilobytes can unpack to gigabytes. */
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { FetchProblem } from './fetch-problem.js';

/**
 * Reads a body to its end.
 *
 * @throws {@link FetchProblem} `too-big` as soon as the body, as it comes or unpacked, is over `maxBytes`; `bad-response` for
 * an encoding that is unknown, doubled or damaged.
 */
export async function unpackBody(
  body: Readable | Uint8Array,
  headers: IncomingHttpHeaders,
  maxBytes: number,
): Promise<Uint8Array> {
  if (Number(headers['content-length']) > maxBytes) throw tooBig(maxBytes);
  const source = body instanceof Readable ? body : Readable.from([body]);
  const encoding = (headers['content-encoding'] ?? '').trim().toLowerCase();
  const raw = limited(source, maxBytes);
  if (encoding === '' || encoding === 'identity') return await collect(raw);
  if (encoding === 'deflate') return await inflate(await collect(raw), maxBytes);
  const transform = transformOf(encoding);
  return await unpack(Readable.from(raw), transform, maxBytes);
}

function transformOf(encoding: string): Transform {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  throw new FetchProblem('bad-response', `content-encoding ${encoding.slice(0, 40)}`);
}

/** Some servers send zlib's format, as the standard says, others bare deflate. */
async function inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const isZlib = (bytes[0] & 15) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
  return await unpack(Readable.from([bytes]), isZlib ? createInflate() : createInflateRaw(), maxBytes);
}

async function unpack(source: Readable, transform: Transform, maxBytes: number): Promise<Uint8Array> {
  try {
    return await collect(
      limited(
        pipeline(source, transform, () => {}),
        maxBytes,
      ),
    );
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const damaged = code.startsWith('Z_') || code.startsWith('ERR_');
    throw damaged ? new FetchProblem('bad-response', `content-encoding: ${code}`, { cause: error }) : error;
  }
}

async function* limited(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooBig(maxBytes);
    yield chunk;
  }
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

function tooBig(maxBytes: number): FetchProblem {
  return new FetchProblem('too-big', `over ${maxBytes} bytes`);
}
