/** Ids written as text: between white space, or as a JSON array. */
import { InvalidArgumentError, TokenRangeError } from '@gpt-ts/core';

const MAX_WORD = 100; // a longer one is no id, however it goes on

/**
 * The ids in a text that comes in parts, some after each part.
 *
 * @throws InvalidArgumentError, when iterated, at what is not an id.
 * @throws TokenRangeError at an id outside the vocabulary.
 * @example
 * for await (const ids of parseIds(['[15496, 9', '95]'], 50257)) ids; // => [15496, 995]
 */
export async function* parseIds(
  parts: Iterable<string> | AsyncIterable<string>,
  nVocab: number,
): AsyncGenerator<number[], void, undefined> {
  const reader = new IdReader(nVocab);
  let held = ''; // a word that may go on
  let ready: number[] = []; // given when what follows is right: a short input is checked before any of it is used
  for await (const part of parts) {
    const text = held + part;
    const end = lastWordStart(text);
    held = text.slice(end);
    const ids = reader.add(text.slice(0, end));
    if (held.length > MAX_WORD) reader.add(held); // throws
    if (ready.length > 0) yield ready;
    ready = ids;
  }
  const last = reader.add(held);
  reader.end();
  if (ready.length + last.length > 0) yield ready.concat(last);
}

function lastWordStart(text: string): number {
  let start = text.length;
  while (start > 0 && /[^\s[\],]/.test(text[start - 1])) start--;
  return start;
}

class IdReader {
  readonly #nVocab: number;
  /** What came last: nothing, an id among white space, or a part of an array. */
  #after: 'nothing' | 'plain' | '[' | 'id' | ',' | ']' = 'nothing';
  #position = 0;

  constructor(nVocab: number) {
    this.#nVocab = nVocab;
  }

  /** Reads whole words. */
  add(text: string): number[] {
    const ids: number[] = [];
    for (const [word] of text.matchAll(/[[\],]|[^\s[\],]+/g)) {
      const after = this.#after;
      if (word === '[' && after === 'nothing') this.#after = '[';
      else if (word === ',' && after === 'id') this.#after = ',';
      else if (word === ']' && (after === 'id' || after === '[')) this.#after = ']';
      else {
        ids.push(this.#id(word));
        this.#after = after === 'nothing' || after === 'plain' ? 'plain' : 'id';
      }
    }
    return ids;
  }

  /** Throws where an array is not closed. */
  end(): void {
    if (this.#after === '[' || this.#after === ',' || this.#after === 'id') {
      throw this.#wrong('an id or the ] that ends the array', '');
    }
  }

  #id(word: string): number {
    if (this.#after === 'id') throw this.#wrong('a comma or the ] that ends the array', word);
    if (this.#after === ']') throw this.#wrong('left out: the array has ended', word);
    if (!/^\d{1,16}$/.test(word)) {
      throw this.#wrong(`a whole number from 0 to ${this.#nVocab - 1}`, word);
    }
    const id = Number(word);
    const position = this.#position++;
    if (id >= this.#nVocab) throw new TokenRangeError({ token: id, position, nVocab: this.#nVocab });
    return id;
  }

  #wrong(expected: string, received: string): InvalidArgumentError {
    const hint = 'Ids stand between white space, or in a JSON array.';
    return new InvalidArgumentError({ argument: `ids[${this.#position}]`, expected, received, hint });
  }
}
