/**
 * Splits that cannot leak: no 13 words in a row of one split ever occur in another.
 *
 * Every run of 13 words contains ten runs of four. One of the ten, chosen by its words alone, is the anchor of the 13: the
 * one with the lowest hash, those that begin with a name first. A second hash gives each anchor to one split, and a text may
 * hold only anchors of its own split. The same 13 words have the same anchor wherever they stand, so they can stand in one
 * split only.
 *
 * Anchors are minimizers: Roberts et al. 2004, "Reducing storage requirements for biological sequence comparison". That 13
 * words count as a leak is GPT-3's rule (Brown et al. 2020, appendix C).
 */
import { streamId } from '@gpt-ts/core';
import { family } from '../story-world/words/people.js';
import { boys, girls } from './words/names.js';

/** Part of the world to learn from, to choose by, or to test on. */
export type Split = 'train' | 'validation' | 'test';

/** All parts, the largest first. */
export const SPLITS: readonly Split[] = ['train', 'validation', 'test'];

const GRAM = 13;
const ANCHOR = 4;
const SHARES: readonly Split[] = [
  'train',
  'train',
  'train',
  'train',
  'validation',
  'validation',
  'test',
  'test',
];
const NAMES: ReadonlySet<number> = new Set(
  [...girls, ...boys, ...family.map(([name]) => name)].map((name) => streamId(name.toLowerCase())),
);
const NOT_A_NAME = 2 ** 32;

/**
 * Watches a text grow and refuses what belongs to another split. Words are compared in lower case and without punctuation;
 * only letters and digits of ASCII make words.
 */
export class SplitGate {
  readonly #split: Split;
  readonly #words: number[] = []; // hashes
  /** Of each four words that begin here: the lower, the likelier an anchor. */
  readonly #ranks: number[] = [];

  constructor(split: Split) {
    this.#split = split;
  }

  /** Words so far. */
  get length(): number {
    return this.#words.length;
  }

  /** Adds text if the split allows it, and says whether it did. */
  add(text: string): boolean {
    const before = this.length;
    let hash = 0; // of the word so far, as streamId hashes it; 0 between words
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? lowerCase(text.charCodeAt(i)) : SPACE;
      if (code === APOSTROPHE) continue;
      if (isWordCode(code)) {
        hash = Math.imul((hash === 0 ? FNV_BASIS : hash) ^ code, FNV_PRIME);
      } else if (hash !== 0) {
        if (!this.#addWord(hash >>> 0)) {
          this.rewind(before);
          return false;
        }
        hash = 0;
      }
    }
    return true;
  }

  /** Forgets all but the first words. */
  rewind(length: number): void {
    this.#words.length = length;
    this.#ranks.length = Math.max(0, length - ANCHOR + 1);
  }

  /** Whether the text so far is long enough to be told from others, or as a whole in its split. */
  isWhole(): boolean {
    if (this.length >= GRAM) return true;
    return (
      splitOf(this.#ranks.length > 0 ? Math.min(...this.#ranks) : this.#rank(0, this.length)) === this.#split
    );
  }

  /** Adds a word; false when it completes 13 of another split. */
  #addWord(word: number): boolean {
    this.#words.push(word);
    const { length } = this;
    if (length >= ANCHOR) this.#ranks.push(this.#rank(length - ANCHOR, ANCHOR));
    if (length < GRAM) return true;
    let best = Number.POSITIVE_INFINITY;
    for (let i = length - GRAM; i <= length - ANCHOR; i++) if (this.#ranks[i] < best) best = this.#ranks[i];
    return splitOf(best) === this.#split;
  }

  #rank(begin: number, count: number): number {
    let hash = FNV_BASIS;
    for (let i = begin; i < begin + count; i++) {
      hash = Math.imul(hash ^ this.#words[i], 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    return (hash >>> 0) + (NAMES.has(this.#words[begin]) ? 0 : NOT_A_NAME);
  }
}

/** The split of an anchor of this rank. */
function splitOf(rank: number): Split {
  return SHARES[Math.imul(rank >= NOT_A_NAME ? rank - NOT_A_NAME : rank, 0x9e3779b1) >>> 29];
}

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPACE = 32;
const APOSTROPHE = 39;

function lowerCase(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
