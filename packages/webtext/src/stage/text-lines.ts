/** Lines of a UTF-8 stream, none longer than memory allows. */
import { InvalidFileError } from '@gpt-ts/core';

const MAX_LINE = 64 * 2 ** 20; // characters; a page's part holds one page a line

/**
 * Cuts text into lines at `\n` and `\r\n`. Bytes that are not UTF-8 become U+FFFD, a byte order mark at the front is
 * dropped.
 *
 * @param file - The name that errors show.
 * @throws {@link InvalidFileError} for a line of more than 64 Mi characters.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, at));
      yield withoutReturn(pieces.join(''));
      pieces = [];
      held = 0;
      from = at + 1;
    }
    pieces.push(text.slice(from));
    held += text.length - from;
    if (held > MAX_LINE) {
      const problem = `has a line of more than ${MAX_LINE} characters`;
      throw new InvalidFileError({ file, problem, hint: 'Is it a file of lines?' });
    }
  }
  pieces.push(decoder.decode());
  const rest = withoutReturn(pieces.join(''));
  if (rest !== '') yield rest;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
