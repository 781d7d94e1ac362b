/** One JSON object a line. */
import { InvalidFileError, JsonReader } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import { lines } from './lines.js';
import type { LazyRow } from './read-rows.js';
import { Row } from './row.js';

/** The lines of a text that are not blank, each of which has to be one JSON object, at most 64 levels deep. */
export function* jsonlRows(text: string, file: string): Generator<LazyRow> {
  for (const { row, line } of lines(text)) yield () => jsonRow(line, { file, row });
}

function jsonRow(line: string, source: { file: string; row: number }): Row {
  const reader = new JsonReader(line, source.file);
  try {
    const fields = reader.object();
    reader.end();
    return new Row(source, fields);
  } catch (cause) {
    if (!(cause instanceof InvalidFileError)) throw cause;
    const expected = 'one JSON object on a line of its own';
    const hint = `At ${cause.field?.replace('line 1, ', '')}: ${problemOf(cause)}`;
    throw new InvalidExampleError({ ...source, expected, received: line, hint, cause });
  }
}

/** What an error says behind the place. */
function problemOf({ message, file, field }: InvalidFileError): string {
  return message.slice(`${file}: ${field}: `.length);
}
