import type { Touch } from './detokenizer.js';

/** Which way straight quotation marks look, token by token: they open and close in turn. */
export class Quotes {
  readonly #tokens: readonly string[];
  #isDoubleOpen = false;
  #isSingleOpen = false;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  /** Of a `"`. */
  double(): Touch {
    this.#isDoubleOpen = !this.#isDoubleOpen;
    return this.#isDoubleOpen ? 'after' : 'before';
  }

  /** Of a `'`, which may be the genitive of a word in -s too. */
  single(i: number): Touch {
    if (this.#isSingleOpen) {
      this.#isSingleOpen = false;
      return 'before';
    }
    const isGenitive = this.#tokens[i - 1]?.endsWith('s');
    if (isGenitive || !this.#tokens.includes("'", i + 1)) return 'before';
    this.#isSingleOpen = true;
    return 'after';
  }
}
