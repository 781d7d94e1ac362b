/** A row of a table, a line of JSON or an item of an XML file: fields that are read by name and checked. */
import { type JsonObject, type JsonValue, showJson } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleSource } from '../example.js';

/** Longest field, in UTF-16 code units. The longest of the published files that are tested has 7,529. */
const MAX_FIELD = 1_000_000;
const LISTED = 20; // of the allowed names, in a message
const DECIMAL = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/;

/** Named fields and where they stand. */
export class Row {
  readonly source: ExampleSource;
  readonly fields: ReadonlyMap<string, JsonValue>;
  readonly #path: string;

  /** @param path - What stands before the names of the fields in messages: `'answers[0].'`. */
  constructor(source: ExampleSource, fields: ReadonlyMap<string, JsonValue>, path = '') {
    this.source = source;
    this.fields = fields;
    this.#path = path;
  }

  /** A text that is not blank, without the white space around it. */
  text(column: string): string {
    return this.raw(column).trim();
  }

  /** A text that is not blank, as it stands. */
  raw(column: string): string {
    const value = this.fields.get(column);
    if (typeof value !== 'string') throw this.fail(column, 'a text', value);
    return this.#checked(column, value);
  }

  /** A text without the white space around it; an empty one where the field is missing, null or blank. */
  maybe(column: string): string {
    const value = this.fields.get(column) ?? '';
    if (typeof value !== 'string') throw this.fail(column, 'a text or none', value);
    return this.#checked(column, value, true).trim();
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
      return this.#checked(column, text, blank).trim();
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
    const value = this.fields.get(column);
    const isName = ['string', 'number', 'boolean'].includes(typeof value);
    const index = isName ? names.indexOf(`${value}`.trim()) : -1;
    if (index >= 0) return index;
    const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
    throw this.fail(column, `one of ${names.slice(0, LISTED).join(', ')}${more}`, value);
  }

  /** A whole number from 0, below `count`. */
  index(column: string, count: number): number {
    return this.oneOf(
      column,
      Array.from({ length: count }, (_, i) => `${i}`),
    );
  }

  /** A decimal number from `min` to `max`. */
  number(column: string, min: number, max: number): number {
    const value = this.fields.get(column);
    const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value;
    if (typeof number === 'number' && number >= min && number <= max) return number;
    throw this.fail(column, `a number from ${min} to ${max}`, value);
  }

  /** A whole number from `min` to `max`. */
  integer(column: string, min: number, max: number): number {
    const number = this.number(column, min, max);
    if (Number.isInteger(number)) return number;
    throw this.fail(column, 'a whole number', number);
  }

  /** The fields of an object. */
  object(column: string): Row {
    const value = this.fields.get(column);
    if (!(value instanceof Map)) throw this.fail(column, 'an object', value);
    return this.#inner(value, column);
  }

  /** The fields of each object of a list. */
  objects(column: string): Row[] {
    const value = this.fields.get(column);
    if (!Array.isArray(value)) throw this.fail(column, 'a list of objects', value);
    return value.map((item, i) => {
      if (item instanceof Map) return this.#inner(item, `${column}[${i}]`);
      throw this.fail(`${column}[${i}]`, 'an object', item);
    });
  }

  /** An error that points at a field. */
  fail(
    column: string,
    expected: string,
    received: JsonValue | undefined,
    hint?: string,
  ): InvalidExampleError {
    const shown = received instanceof Map || Array.isArray(received) ? showJson(received) : received;
    const place = `${this.#path}${column}`;
    return new InvalidExampleError({ ...this.source, column: place, expected, received: shown, hint });
  }

  #inner(fields: JsonObject, name: string): Row {
    return new Row(this.source, fields, `${this.#path}${name}.`);
  }

  #checked(column: string, value: string, blank = false): string {
    if (value.length > MAX_FIELD) {
      throw this.fail(column, `at most ${MAX_FIELD} characters`, value.length);
    }
    if (value.includes('\0')) {
      throw this.fail(column, 'text without NUL characters', value, 'Is the file UTF-8 text?');
    }
    if (!blank && value.trim() === '') throw this.fail(column, 'a text', value);
    return value;
  }
}
