/** JSON files that are one value, with the examples somewhere inside. */
import { InvalidFileError, type JsonObject, JsonReader, type JsonValue, showJson } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import { plainText } from './lines.js';
import type { LazyRow } from './read-rows.js';
import { Row } from './row.js';

/** @throws {@link InvalidFileError} when the text is not JSON. */
export function parseJson(text: string, file: string): JsonValue {
  const reader = new JsonReader(plainText(text), file);
  const value = reader.value();
  reader.end();
  return value;
}

/** True for an object, which is a map here. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/**
 * The list that stands under a name in an object.
 *
 * @throws {@link InvalidFileError} when there is none, or an empty one.
 */
export function listIn(value: JsonValue, name: string, file: string, path = ''): JsonValue[] {
  const list = isObject(value) ? value.get(name) : undefined;
  if (Array.isArray(list) && list.length > 0) return list;
  const problem = 'expected a list of one or more';
  throw new InvalidFileError({ file, field: `${path}${name}`, problem });
}

/** Items that have to be objects, as rows with the numbers of the items, from 1. */
export function* itemRows(items: Iterable<JsonValue>, file: string): Generator<LazyRow> {
  let row = 0;
  for (const item of items) {
    const source = { file, row: ++row };
    yield () => {
      if (isObject(item)) return new Row(source, item);
      const received = Array.isArray(item) ? showJson(item) : item;
      throw new InvalidExampleError({ ...source, expected: 'a JSON object', received });
    };
  }
}
