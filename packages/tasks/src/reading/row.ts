/** A row of a table, a line of JSON or an item of an XML file: fields that are read by name and checked. */
import { type JsonValue, showJson } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleSource } from '../example.js';

/** Longest field, in UTF-16 code units. The longest of the published sets has 2,600. */
const MAX_FIELD = 1_000_000;

/** Named fields and where they stand. */
export class Row {
  readonly source: ExampleSource;
  readonly fields: ReadonlyMap<string, JsonValue>;

  constructor(source: ExampleSource, fields: ReadonlyMap<string, JsonValue>) {
    this.source = source;
    this.fields = fields;
  }

  /** A text that is not blank, without the white space around it. */
  text(column: string): string {
    const value = this.fields.get(column);
    if (typeof value !== 'string') throw this.fail(column, 'a text', value);
    return this.#checked(column, value);
  }

  /** A list of texts; with `blank`, some may be empty. */
  texts(
    column: string,
    value: JsonValue | undefined = this.fields.get(column),
    { blank = false }: { blank?: boolean } = {},
  ): string[] {
    const expected = 'a list of texts';
    if (!Array.isArray(value)) throw this.fail(column, expected, value);
    return value.map((text) => {
      if (typeof text !== 'string') throw this.fail(column, expected, value);
      return this.#checked(column, text, blank);
    });
  }

  /** A name: a text, a number or a truth value, as text. */
  name(column: string): string {
    const value = this.fields.get(column);
    if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
    return this.text(column);
  }

  /** The index of the field in a list of names. */
  oneOf(column: string, names: readonly string[]): number {
    const name = this.name(column);
    const index = names.indexOf(name);
    if (index < 0) throw this.fail(column, `one of ${names.join(', ')}`, name);
    return index;
  }

  /** An error that points at a field. */
  fail(
    column: string,
    expected: string,
    received: JsonValue | undefined,
    hint?: string,
  ): InvalidExampleError {
    const shown = received instanceof Map || Array.isArray(received) ? showJson(received) : received;
    return new InvalidExampleError({ ...this.source, column, expected, received: shown, hint });
  }

  #checked(column: string, value: string, blank = false): string {
    if (value.length > MAX_FIELD) {
      throw this.fail(column, `at most ${MAX_FIELD} characters`, value.length);
    }
    if (value.includes('\0')) {
      throw this.fail(column, 'text without NUL characters', value, 'Is the file UTF-8 text?');
    }
    const text = value.trim();
    if (text === '' && !blank) throw this.fail(column, 'a text', value);
    return text;
  }
}
