/** A file's bytes, unpacked: plain, gzip, Zstandard. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import { pipeline, type Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { GptError, InvalidFileError } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';
import type { ReadOptions } from './read-records.js';

/** The window of Reddit's monthly dumps is 2 GiB. */
const WINDOW_LOG = 31;
const ZSTD_D_WINDOW_LOG_MAX = 100; // its name in node:zlib came with Node 22.15

/**
 * Streams a file; `.gz` and `.zst` are unpacked. Zstandard with a window of up to 2 GiB is read by Node where it can (from
 * 22.15), else by the system's `zstd`.
 *
 * @throws {@link InvalidFileError} when the file cannot be read or is damaged.
 */
export async function* openInput(
  path: string,
  { signal, onBytes }: ReadOptions = {},
): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  let bytes = 0;
  file.on('data', (chunk) => onBytes?.((bytes += chunk.length)));
  file.pause();
  try {
    for await (const chunk of unpacked(path, file)) {
      signal?.throwIfAborted();
      yield chunk;
    }
  } catch (error) {
    throw explain(path, error);
  } finally {
    file.destroy();
  }
}

function unpacked(path: string, file: ReadStream): AsyncIterable<Uint8Array> {
  if (path.endsWith('.gz')) return through(file, zlib.createGunzip());
  if (!path.endsWith('.zst')) return file;
  const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: object) => Transform };
  return createZstdDecompress === undefined
    ? throughZstd(path, file)
    : through(file, createZstdDecompress({ params: { [ZSTD_D_WINDOW_LOG_MAX]: WINDOW_LOG } }));
}

/** An error of either stream ends the reading of the second. */
function through(file: Readable, transform: Transform): AsyncIterable<Uint8Array> {
  return pipeline(file, transform, () => {});
}

async function* throughZstd(path: string, file: ReadStream): AsyncGenerator<Uint8Array> {
  const child = spawn('zstd', ['-dc', `--long=${WINDOW_LOG}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  ended.catch(() => {}); // awaited below, where it counts
  let said = '';
  child.stderr.on('data', (data) => (said = `${said}${data}`.slice(0, 500)));
  let readError: unknown;
  pipeline(file, child.stdin, (error) => {
    if (error && error.code !== 'EPIPE') readError = error;
  });
  try {
    yield* child.stdout;
    const [code] = await ended;
    if (readError !== undefined) throw readError;
    if (code !== 0) throw new InvalidFileError({ file: path, problem: `zstd says: ${said.trim()}` });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall?.startsWith('spawn'))
      throw new ZstdMissingError(path, error);
    throw error;
  } finally {
    child.kill();
  }
}

/** Neither this Node nor the system can unpack Zstandard. */
export class ZstdMissingError extends GptError {
  constructor(file: string, cause: unknown) {
    super('zstd-missing', {
      message: `${file} is packed with Zstandard, which Node ${process.versions.node} cannot unpack.`,
      hint: 'Install the program zstd (apt-get install zstd, brew install zstd), or use Node 22.15 or later.',
      cause,
    });
  }
}

function explain(path: string, error: unknown): unknown {
  const { code, syscall, errno } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || error instanceof GptError) return error; // an AbortError's code is a number
  if (code.startsWith('Z_') || code.startsWith('ZSTD_')) {
    return new InvalidFileError({ file: path, problem: `is cut short or damaged (${code})`, cause: error });
  }
  return syscall === undefined && errno === undefined ? error : unreadable(path, error);
}
