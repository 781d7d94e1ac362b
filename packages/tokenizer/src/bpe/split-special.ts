/** Finds special tokens, such as `<|endoftext|>`, in text that arrives in one string or several. */
import { InvalidArgumentError } from '@gpt-ts/core';

/** What a {@link SpecialSplitter} finds. */
export interface SpecialParts {
  /** Plain text; `ends` says that no plain text follows before the next special token or the end. */
  text(text: string, ends: boolean): void;
  special(name: string): void;
}

/** Cuts a text at every special token; where two begin at the same place, the longer one wins. */
export class SpecialSplitter {
  readonly #names: readonly string[];
  readonly #longest: number;
  readonly #pattern: RegExp;
  readonly #refused: ReadonlySet<string>;
  #before = 0; // UTF-16 units of earlier strings that are done with
  #held = ''; // the end of a string that may be the beginning of a special token

  /**
   * @param names - The special tokens to look for.
   * @param refused - Special tokens that are an error.
   */
  constructor(names: readonly string[], refused: readonly string[] = []) {
    this.#refused = new Set(refused);
    this.#names = [...names, ...refused].sort((a, b) => b.length - a.length);
    this.#longest = this.#names[0]?.length ?? 0;
    const escaped = this.#names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    this.#pattern = new RegExp(escaped.join('|') || '(?!)', 'g'); // (?!) matches nothing
  }

  /**
   * Takes the next part of the text.
   *
   * @param last - Whether the text ends here.
   * @throws {@link InvalidArgumentError} at a special token that is refused.
   * @example
   * new SpecialSplitter(['<|endoftext|>']).write('one<|endoftext|>two', true, parts);
   * // text('one', true), special('<|endoftext|>'), text('two', true)
   */
  write(text: string, last: boolean, parts: SpecialParts): void {
    const all = this.#held + text;
    let from = 0;
    let hold = last ? all.length : this.#holdFrom(all, from);
    for (;;) {
      this.#pattern.lastIndex = from;
      const found = this.#pattern.exec(all);
      if (found === null || found.index >= hold) break;
      if (this.#refused.has(found[0])) throw refusal(found[0], this.#before + found.index);
      parts.text(all.slice(from, found.index), true);
      parts.special(found[0]);
      from = found.index + found[0].length;
      if (!last) hold = this.#holdFrom(all, from);
    }
    parts.text(all.slice(from, hold), last);
    this.#before += hold;
    this.#held = all.slice(hold);
  }

  /** Where the first special token begins that more text could complete. */
  #holdFrom(text: string, from: number): number {
    for (let at = Math.max(from, text.length - this.#longest + 1); at < text.length; at++) {
      const end = text.slice(at);
      if (this.#names.some((name) => name.length > end.length && name.startsWith(end))) return at;
    }
    return text.length;
  }
}

function refusal(name: string, position: number): InvalidArgumentError {
  return new InvalidArgumentError({
    argument: 'text',
    expected: `text without the special token ${name}`,
    received: `${name} at position ${position}`,
    hint: 'Allow it by name in allowedSpecial, or leave disallowedSpecial out to encode it as ordinary text.',
  });
}
