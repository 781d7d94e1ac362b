/** CSV with a header (RFC 4180), one record at a time. */
import { InvalidFileError } from '@gpt-ts/core';

const MAX_RECORD = 4 * 2 ** 20; // characters; a self post has 40,000 at most
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(,|$)/y;

/**
 * Yields objects by the header's names. A record with another number of fields, a quote in the wrong place or an end that
 * does not come is `undefined`.
 *
 * @param file - The name that errors show.
 * @throws {@link InvalidFileError} when there is no header.
 */
export async function* csvRecords(
  lines: AsyncIterable<string>,
  file: string,
): AsyncGenerator<Record<string, string> | undefined> {
  let header: string[] | undefined;
  for await (const record of wholeRecords(lines)) {
    const fields = record === undefined ? undefined : fieldsOf(record);
    if (header !== undefined) {
      const names = header;
      const fits = fields?.length === names.length;
      yield fits ? Object.fromEntries(fields.map((field, i) => [names[i], field])) : undefined;
    } else if (fields === undefined || fields.length < 2) {
      throw new InvalidFileError({ file, field: 'line 1', problem: 'is no header of a CSV file' });
    } else {
      header = fields;
    }
  }
}

/** Joins lines while a quote is open; a record without an end in sight is `undefined`. */
async function* wholeRecords(lines: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  let open: string[] = [];
  let length = 0;
  for await (const line of lines) {
    if (open.length === 0 && line === '') continue;
    open.push(line);
    length += line.length + 1;
    const quotes = line.split('"').length - 1;
    const closes = open.length === 1 ? quotes % 2 === 0 : quotes % 2 === 1;
    if (!closes && length <= MAX_RECORD) continue;
    yield closes ? open.join('\n') : undefined;
    open = [];
    length = 0;
  }
  if (open.length > 0) yield undefined;
}

function fieldsOf(record: string): string[] | undefined {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (;;) {
    const match = FIELD.exec(record);
    if (match === null) return undefined;
    const [, quoted, plain, end] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') return fields;
  }
}
