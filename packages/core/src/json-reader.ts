/**
 * A strict JSON reader that knows where it is, so that a wrong file is refused with line and column.
 *
 * `JSON.parse` cannot do that the same way in every engine, keeps the last of two equal keys without a word, and
 * runs out of stack on deep nesting. A vocabulary takes this reader less time than `JSON.parse` and `Object.entries`,
 * because no object with 50,000 properties is made. The grammar is RFC 8259.
 */
import { detach } from './detach.js';
import { show } from './errors/gpt-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';

/** A JSON value. Objects are maps, because their keys may be `__proto__` or `7`. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = Map<string, JsonValue>;

const MAX_DEPTH = 64; // tokenizer.json needs 6
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORDS: readonly (readonly [string, null | boolean])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Reads one JSON text from front to back; every method leaves `at` behind what it read. */
export class JsonReader {
  /** Index of the next character. */
  at = 0;
  readonly #text: string;
  readonly #file: string;

  /** @param file - The name that errors show. */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#skipSpace();
  }

  /** @throws {@link InvalidFileError} unless only white space is left. */
  end(): void {
    this.#skipSpace();
    if (this.at < this.#text.length) throw this.#unexpected('the end of the file');
  }

  /**
   * Reads an object and calls `visit` at each value, which has to read it. Repeated keys are the caller's to refuse.
   *
   * @param visit - Gets the key and its index in the text.
   */
  members(visit: (key: string, at: number) => void): void {
    this.#list('{', '}', () => {
      const at = this.at;
      const key = this.string();
      this.#skipSpace();
      if (this.#next() !== ':') throw this.#unexpected('":"');
      this.at++;
      this.#skipSpace();
      visit(key, at);
    });
  }

  /** Reads an array and calls `visit` at each value, which has to read it. */
  items(visit: (at: number) => void): void {
    this.#list('[', ']', () => visit(this.at));
  }

  /** Reads any value, at most 64 levels deep. */
  value(depth = 0): JsonValue {
    const start = this.at;
    const next = this.#next();
    if (next === '"') return this.string();
    if (next === '{' || next === '[') {
      if (depth === MAX_DEPTH) throw this.fail(start, `is nested deeper than ${MAX_DEPTH} levels`);
      return next === '{' ? this.object(depth + 1) : this.#array(depth + 1);
    }
    if (next === '-' || (next >= '0' && next <= '9')) return this.#number();
    const word = WORDS.find(([spelling]) => this.#text.startsWith(spelling, start));
    if (word === undefined) throw this.#unexpected('a value');
    this.at += word[0].length;
    return word[1];
  }

  /** Reads an object with any members, no key twice. */
  object(depth = 0): JsonObject {
    const object: JsonObject = new Map();
    this.members((key, at) => {
      if (object.has(key)) throw this.fail(at, `the key ${show(key)} comes twice`);
      object.set(key, this.value(depth));
    });
    return object;
  }

  /** Reads a string. */
  string(): string {
    const text = this.#text;
    if (this.#next() !== '"') throw this.#unexpected('a string in double quotes');
    let out = '';
    let from = ++this.at;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 0x22) {
        out += text.slice(from, this.at++);
        return detach(out);
      }
      if (code === 0x5c) {
        out += text.slice(from, this.at) + this.#escape();
        from = this.at;
      } else if (code >= 0x20) this.at++;
      else throw this.#unexpected('the closing quote of a string'); // a control character, or NaN at the end
    }
  }

  /** An error that points at a character: `field` is its line and column, both from 1. */
  fail(at: number, problem: string, hint?: string): InvalidFileError {
    let line = 1;
    let start = 0;
    for (let end = this.#text.indexOf('\n'); end >= 0 && end < at; end = this.#text.indexOf('\n', start)) {
      line++;
      start = end + 1;
    }
    const field = `line ${line}, column ${at - start + 1}`;
    return new InvalidFileError({ file: this.#file, field, problem, hint });
  }

  #array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.items(() => array.push(this.value(depth)));
    return array;
  }

  #list(open: string, close: string, readOne: () => void): void {
    if (this.#next() !== open) throw this.#unexpected(open === '{' ? 'a JSON object' : 'a JSON array');
    this.at++;
    this.#skipSpace();
    if (this.#next() === close) {
      this.at++;
      return;
    }
    for (;;) {
      readOne();
      this.#skipSpace();
      const next = this.#next();
      if (next !== ',' && next !== close) throw this.#unexpected(`"," or "${close}"`);
      this.at++;
      if (next === close) return;
      this.#skipSpace();
    }
  }

  #number(): number {
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.#text)) throw this.fail(this.at, 'expected a digit after "-"');
    const start = this.at;
    this.at = NUMBER.lastIndex;
    return Number(this.#text.slice(start, this.at));
  }

  #escape(): string {
    const letter = this.#text.charAt(this.at + 1);
    if (letter === 'u') {
      const hex = this.#text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw this.fail(this.at, 'expected four hex digits after "\\u"');
      this.at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const character = letter !== '' && '"\\/'.includes(letter) ? letter : ESCAPES.get(letter);
    if (character === undefined) throw this.fail(this.at, `${show(`\\${letter}`)} is no escape in JSON`);
    this.at += 2;
    return character;
  }

  #next(): string {
    return this.#text.charAt(this.at);
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  #unexpected(expected: string): InvalidFileError {
    const code = this.#text.codePointAt(this.at);
    const found = code === undefined ? 'the end of the file' : show(String.fromCodePoint(code));
    return this.fail(this.at, `expected ${expected}, got ${found}`);
  }
}

/** Parses a whole JSON text that has to be an object. */
export function parseJsonObject(json: string, file: string): JsonObject {
  const reader = new JsonReader(json, file);
  const object = reader.object();
  reader.end();
  return object;
}

/** A value as JSON text, for messages. */
export function showJson(value: JsonValue | undefined): string {
  if (typeof value === 'number') return show(value); // 1e999 is Infinity, for which JSON has no word
  const json = JSON.stringify(value, (_, part) => (part instanceof Map ? Object.fromEntries(part) : part));
  return json === undefined || json.length <= 80 ? `${json}` : `${json.slice(0, 77)}...`;
}
