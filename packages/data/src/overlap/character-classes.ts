/** What each character does to words, looked up in a table: five times as fast as regular expressions on whole texts. */
import type { WordRule } from './words.js';

/** It ends a word. */
export const SEPARATES = 0;
/** It is a part of a word. */
export const WORD = 1;
/** It is left out, and the word goes on. */
const DROPPED = 2;
const SURROGATE = 3;

const PATTERNS: Readonly<Record<WordRule, { word: RegExp; separates: RegExp }>> = {
  gpt2: { word: /[\p{L}\p{N}\p{M}]/u, separates: /[^\p{L}\p{N}\p{M}]/u },
  gpt3: { word: /[^\s\p{P}\p{S}\p{Cs}]/u, separates: /\s/u },
};

/** The classes of one rule. */
class ClassTable {
  readonly #rule: WordRule;
  readonly #table: Uint8Array;

  constructor(rule: WordRule) {
    this.#rule = rule;
    this.#table = Uint8Array.from({ length: 0x10000 }, (_, unit) =>
      unit >= 0xd800 && unit < 0xe000 ? SURROGATE : this.#classOf(String.fromCharCode(unit)),
    );
  }

  /** The class of a unit, which is at `at` in the text. Both halves of a pair have that of their character. */
  of(unit: number, text: string, at: number): number {
    const known = this.#table[unit];
    if (known !== SURROGATE) return known;
    const begin = unit >= 0xdc00 ? at - 1 : at;
    const character = begin < 0 ? '' : String.fromCodePoint(text.codePointAt(begin)!);
    return this.#classOf(character.length === 2 ? character : text[at]);
  }

  #classOf(character: string): number {
    const { word, separates } = PATTERNS[this.#rule];
    return word.test(character) ? WORD : separates.test(character) ? SEPARATES : DROPPED;
  }
}

const tables = new Map<WordRule, ClassTable>();

/** The table of a rule, made when it is first asked for. */
export function classTable(rule: WordRule): ClassTable {
  let table = tables.get(rule);
  if (table === undefined) tables.set(rule, (table = new ClassTable(rule)));
  return table;
}
