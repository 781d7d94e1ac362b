/** What the tokenizers of a benchmark read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@gpt-ts/core';
import { storyCorpus } from '@gpt-ts/data';

/** Where the text comes from: processes read it for themselves. */
export interface TextSource {
  /** Files in order; none: the built-in story world. */
  files: string[];
  /** Of the text, about. */
  maxCharacters: number;
}

const STORY_CHARACTERS = 3_000_000;

/** The folder of data sets beside the repository, or the one that GPT_TS_DATA names. */
export const DATA_FOLDER: string =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/**
 * The `*.txt` of a folder; without one the novels in the data folder, or else stories.
 *
 * @throws InvalidArgumentError when the folder that was asked for has none.
 */
export function textSource(
  folder: string | undefined,
  maxCharacters: number = Number.MAX_SAFE_INTEGER,
): TextSource {
  const from = folder ?? join(DATA_FOLDER, 'lm-gutenberg-novels');
  const names = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith('.txt')) : [];
  if (folder !== undefined && names.length === 0) {
    throw new InvalidArgumentError({
      argument: '--data',
      expected: 'a folder with *.txt files',
      received: folder,
    });
  }
  return { files: names.sort().map((name) => join(from, name)), maxCharacters };
}

/**
 * The text, without what is read differently on purpose: byte order marks, which JavaScript's `\s` takes for white space
 * and Python's does not, and the spelling of the special token.
 */
export function readTextSource({ files, maxCharacters }: TextSource): string {
  const text =
    files.length > 0
      ? files.map((file) => readFileSync(file, 'utf8')).join('\n')
      : storyCorpus({ seed: 0, characters: STORY_CHARACTERS });
  const plain = text.replaceAll('\ufeff', '').replaceAll('<|endoftext|>', '\n');
  return plain.length <= maxCharacters ? plain : plain.slice(0, plain.lastIndexOf('\n', maxCharacters) + 1);
}

/** A source in words. */
export function describeSource({ files }: TextSource): string {
  return files.length === 0 ? 'the built-in story world' : `${files.length} files, ${files[0]} first`;
}

/** A text in parts of about this many characters, each of whole lines. */
export function parts(text: string, characters: number): string[] {
  const list: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start + characters) + 1 || text.length;
    list.push(text.slice(start, end));
    start = end;
  }
  return list;
}

/**
 * Any amount of text like this one: repeated, from the second time on with a letter changed in every fifth word or so, so
 * that new words keep coming as they do in real text. The same every time.
 *
 * @param characters - Of all of it, about.
 */
export function* manyTexts(text: string, characters: number): Generator<string> {
  const documents = parts(text, 2 ** 16);
  let made = 0;
  for (let round = 0; made < characters; round++) {
    for (const [i, document] of documents.entries()) {
      const next = round === 0 ? document : altered(document, round * documents.length + i);
      yield next;
      if ((made += next.length) >= characters) return;
    }
  }
}

function altered(text: string, seed: number): string {
  let state = (seed * 0x9e3779b1 + 1) >>> 0;
  return text.replace(/[a-z]{3,}/g, (word) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes, chapter 7.1
    if (state >>> 16 >= 0x10000 / 5) return word;
    const at = (state >>> 8) % word.length;
    return word.slice(0, at) + String.fromCharCode(97 + ((state >>> 4) % 26)) + word.slice(at + 1);
  });
}
