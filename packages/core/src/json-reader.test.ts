import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { JsonReader, type JsonValue, parseJsonObject, showJson } from './json-reader.js';

function read(json: string): JsonValue {
  const reader = new JsonReader(json, 'x.json');
  const value = reader.value();
  reader.end();
  return value;
}

/** Objects as maps, as the reader gives them. */
function mapped(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return new Map(Object.entries(value).map(([key, part]) => [key, mapped(part)]));
}

/** What JSON.parse makes of a text, or `undefined` when it refuses. */
function parsed(json: string): JsonValue | undefined {
  try {
    return mapped(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function tryRead(json: string): JsonValue | undefined {
  try {
    return read(json);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFileError);
    expect((error as InvalidFileError).message).toMatch(/^x\.json: line \d+, column \d+: /);
    return undefined;
  }
}

/** As sets of members, because JSON.parse lists keys such as "7" first. */
const sorted = (value: JsonValue | undefined): string =>
  JSON.stringify(value, (_, part) => (part instanceof Map ? { map: [...part].sort() } : part)) ?? 'refused';

describe('JsonReader', () => {
  test('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ stringUnit: 'binary' }),
        fc.constantFrom(0, 1, '\t', ' \r\n'),
        (value, indent) => {
          const json = JSON.stringify(value, null, indent);
          expect(sorted(read(json))).toBe(sorted(parsed(json)));
        },
      ),
    );
  });

  test('takes and refuses the same texts as JSON.parse', () => {
    const parts = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"b":',
        '\\',
        '\\n',
        '\\u00e9',
        '\\ud83d',
        '\\x',
        '\\u12',
      ],
      ...['0', '1', '-', '.', '.5', 'e3', 'E+', '01', '-0', 'true', 'false', 'null', 'nul', ' ', '\n', '\t'],
      ...['\r', '\u00a0', '\ufeff', '\u0000', '\u001f', '\u007f', '\u2028', 'é', "'", '//', 'NaN'],
    );
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }),
        fc.constantFrom('', '[', '{"k":', '["'),
        (list, head) => {
          const closed = { '': '', '[': ']', '{"k":': '}', '["': '"]' }[head];
          const json = head + list.join('') + closed;
          const expected = parsed(json);
          const twice = expected !== undefined && tryRead(json) === undefined;
          if (twice)
            expect(() => read(json)).toThrow('comes twice'); // the one thing JSON.parse lets pass
          else expect(sorted(tryRead(json))).toBe(sorted(expected));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ['{"a": [1, 2}', 'line 1, column 12: expected "," or "]", got "}".'],
    ['{"a": 1,\n "a": 2}', 'line 2, column 2: the key "a" comes twice.'],
    ['{"a":\n\n  tru}', 'line 3, column 3: expected a value, got "t".'],
    ['["\n"]', 'line 1, column 3: expected the closing quote of a string, got "\\n".'],
    ['["\\q"]', 'line 1, column 3: "\\\\q" is no escape in JSON.'],
    ['["\\u12"]', 'line 1, column 3: expected four hex digits after "\\u".'],
    ['-', 'line 1, column 1: expected a digit after "-".'],
    ['"😀', 'line 1, column 4: expected the closing quote of a string, got the end of the file.'],
    ['[😀]', 'line 1, column 2: expected a value, got "😀".'],
  ])('%j is refused with its place', (json, message) => {
    expect(() => read(json)).toThrow(`x.json: ${message}`);
  });

  test('deep nesting is an error of the file and not of the stack', () => {
    const levels = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
    expect(() => read(levels(64))).not.toThrow();
    expect(() => read(levels(65))).toThrow('line 1, column 65: is nested deeper than 64 levels.');
    expect(() => read('['.repeat(1_000_000))).toThrow(InvalidFileError);
    expect(() => parseJsonObject('{"a":'.repeat(1_000_000), 'x.json')).toThrow('nested deeper than 64');
  });

  test('reads long inputs in one pass', () => {
    const json = `["${'a'.repeat(1_000_000)}","${'\\n'.repeat(100_000)}",${' '.repeat(1_000_000)}1]`;
    const [long, escaped] = read(json) as string[];
    expect([long.length, escaped]).toEqual([1_000_000, '\n'.repeat(100_000)]);
  });
});

test('showJson shows maps, in short', () => {
  expect(showJson(read('{"type": "NFC", "__proto__": [null]}'))).toBe('{"type":"NFC","__proto__":[null]}');
  expect(showJson('a'.repeat(100))).toHaveLength(80);
  expect(showJson(read('1e999'))).toBe('Infinity');
  expect(showJson(undefined)).toBe('undefined');
});
