/** Text of any size, part by part: from the command line, a file or standard input. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { InvalidArgumentError, InvalidFileError, utf8Error } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';
import { Option } from 'commander';
import { printNote } from '../../io.js';

const CHUNK_BYTES = 2 ** 20;
const MAX_TEXT = 2 ** 29 - 24; // the longest string that V8 holds, in UTF-16 units

/** `--file` */
export const fileOption = (what: string): Option => new Option('--file <file>', what);

/**
 * The text that a command was given; standard input when that is neither an argument nor a file.
 *
 * @throws InvalidArgumentError when it is both.
 * @throws InvalidFileError when iterated: the file cannot be read, or is not UTF-8.
 */
export function textInput(text: string | undefined, file: string | undefined): AsyncGenerator<string> {
  if (text !== undefined && file !== undefined) {
    const expected = 'left out where the command line has the input already';
    throw new InvalidArgumentError({ argument: '--file', expected, received: file });
  }
  if (text !== undefined) return only(text);
  return file === undefined ? textFromStdin() : textFromFile(file);
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}

/** The text of a file, part by part. It is opened when the first part is asked for. */
export async function* textFromFile(file: string): AsyncGenerator<string> {
  yield* utf8Parts(createReadStream(file, { highWaterMark: CHUNK_BYTES }), file);
}

async function* textFromStdin(): AsyncGenerator<string> {
  if (process.stdin.isTTY) printNote('Reading what you type; Ctrl-D on an empty line ends it.');
  yield* utf8Parts(process.stdin, 'standard input');
}

/** The parts joined. */
export async function wholeText(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) {
    if (text.length + part.length > MAX_TEXT) {
      throw new InvalidArgumentError({
        argument: 'the text',
        expected: `at most ${MAX_TEXT} characters long here`,
        received: `${text.length + part.length} and more`,
        hint: 'Give a part of it.',
      });
    }
    text += part;
  }
  return text;
}

/**
 * Bytes as text: whole characters only, nothing replaced, a byte order mark kept.
 *
 * @param file - What errors call it.
 */
export async function* utf8Parts(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let held = Buffer.alloc(0); // the beginning of a character
  let offset = 0; // of `held` in the file
  for await (const chunk of readable(bytes, file)) {
    const all = Buffer.concat([held, chunk]);
    const whole = all.subarray(0, all.length - unfinished(all));
    if (!isUtf8(whole)) throw notUtf8(file, offset + utf8Error(whole));
    if (whole.length > 0) yield whole.toString('utf8');
    held = all.subarray(whole.length);
    offset += whole.length;
  }
  if (held.length > 0) throw notUtf8(file, offset);
}

async function* readable(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** How many bytes at the end begin a character whose rest is still to come. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function notUtf8(file: string, offset: number): InvalidFileError {
  return new InvalidFileError({
    file,
    problem: `is not valid UTF-8 at byte offset ${offset}`,
    hint: 'Save it as UTF-8 and try again.',
  });
}
