import { concatBytes, InvalidFileError, utf8Error } from '@gpt-ts/core';
import { parseEvent } from './parse-event.js';
import type { Run } from './run.js';
import { RunBuilder } from './run-builder.js';

/** How a log is read. */
export interface ReadLogOptions {
  /** The name that errors show. Default: `'log.jsonl'`. */
  file?: string;
}

/**
 * Reads a run's log: one JSON event a line.
 *
 * - A last line that a crash cut short is passed over.
 * - Where the log goes back to an earlier step, the run was resumed there: what comes later counts, and what it said of the
 *   time after that step is dropped.
 * - Fields that older versions did not write are worked out where that is possible (tokens seen, tokens per second).
 *
 * @throws {@link InvalidFileError} with the number of the line that is wrong.
 * @example
 * readLog('{"type":"step-end","step":1,"loss":2.5}\n').steps.loss; // => Float64Array.of(2.5)
 */
export function readLog(log: Uint8Array | string, options: ReadLogOptions = {}): Run {
  const reader = new LogReader(options);
  if (typeof log === 'string') reader.pushText(log);
  else for (let at = 0; at < log.length; at += PIECE) reader.push(log.subarray(at, at + PIECE));
  return reader.end();
}

/**
 * Reads a log that comes in pieces, such as Node's `createReadStream`, and holds one piece at a time. See {@link readLog}.
 *
 * @throws {@link InvalidFileError} with the number of the line that is wrong.
 */
export async function readLogStream(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadLogOptions = {},
): Promise<Run> {
  const reader = new LogReader(options);
  for await (const piece of pieces) reader.push(piece);
  return reader.end();
}

const PIECE = 2 ** 20; // bytes that become text at a time
const LINE_END = 10;

class LogReader {
  readonly #file: string;
  readonly #run = new RunBuilder();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #rest: Uint8Array[] = []; // the line that is not over yet
  #line = 0; // lines read

  constructor(options: ReadLogOptions) {
    this.#file = options.file ?? 'log.jsonl';
  }

  push(piece: Uint8Array): void {
    const end = piece.lastIndexOf(LINE_END) + 1;
    if (end > 0) {
      const head = piece.subarray(0, end);
      this.pushText(this.#decode(this.#rest.length === 0 ? head : concatBytes([...this.#rest, head])));
      this.#rest = [];
    }
    if (end < piece.length) this.#rest.push(piece.slice(end)); // a copy: the piece may be written over
  }

  /** Reads whole lines; what comes after the last line end may be cut short. */
  pushText(text: string): void {
    let start = 0;
    for (let end: number; (end = text.indexOf('\n', start)) >= 0; start = end + 1) {
      this.#line++;
      const line = text.slice(start, end);
      const value = parseJson(line);
      if (value !== undefined) this.#add(value);
      else if (line.trim() !== '') throw this.#problem('is not JSON');
    }
    const value = parseJson(text.slice(start));
    this.#line++;
    if (value !== undefined) this.#add(value);
    else this.#line--;
  }

  end(): Run {
    const text = new TextDecoder().decode(concatBytes(this.#rest)); // a cut character is in a cut line
    if (text !== '') this.pushText(text);
    return this.#run.build();
  }

  #add(value: unknown): void {
    try {
      const event = parseEvent(value);
      if (event !== undefined) this.#run.add(event);
    } catch (error) {
      throw this.#problem((error as Error).message, error);
    }
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch (error) {
      const good = bytes.subarray(0, utf8Error(bytes));
      this.#line += good.reduce((lines, byte) => lines + (byte === LINE_END ? 1 : 0), 1);
      throw this.#problem('is not UTF-8', error);
    }
  }

  #problem(problem: string, cause?: unknown): InvalidFileError {
    const hint = 'Remove the line, or the log: training does not need it.';
    return new InvalidFileError({ file: this.#file, field: `line ${this.#line}`, problem, hint, cause });
  }
}

/** `undefined` when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
