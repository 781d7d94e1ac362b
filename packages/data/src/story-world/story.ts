/** The story world's front door: stories by number, without end, and as one training text. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { plots } from './plots/plots.js';
import { Tale } from './tale.js';

/** Which world of stories. */
export interface StoryOptions {
  /** Each seed is another world, told with the same words. Default 0. */
  seed?: number;
  /**
   * How many kinds of story there are, from 1 to {@link STORY_KINDS}. Fewer make an easier world, for small models and
   * short trainings. Default: all.
   */
  kinds?: number;
}

/** Kinds of story in the whole world. */
export const STORY_KINDS: number = plots.length;

/** How much text, and what stands between two stories. */
export type StoryCorpusOptions = StoryOptions & {
  /** Follows every story. Default `'<|endoftext|>'`. */
  separator?: string;
} & (
    | { /** How many stories. */ stories: number; characters?: undefined }
    | {
        /** Whole stories until the text has at least this many characters. */ characters: number;
        stories?: undefined;
      }
  );

/**
 * Story `index` of world `seed`: the same text on every machine.
 *
 * Three paragraphs separated by newlines, in plain ASCII. Each story has its own random stream, so any one
 * can be told without telling those before it.
 *
 * @param kinds - See {@link StoryOptions}.
 * @throws {@link InvalidArgumentError} when `seed` or `index` is not an integer from 0 to 2^53 - 1, or `kinds` is out of
 * range.
 * @example
 * story(0, 3) === story(0, 3); // => true
 */
export function story(seed: number, index: number, kinds: number = STORY_KINDS): string {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new InvalidArgumentError({
      argument: 'index',
      expected: 'an integer from 0 to 2^53 - 1',
      received: index,
    });
  }
  if (!Number.isInteger(kinds) || kinds < 1 || kinds > STORY_KINDS) {
    const expected = `an integer from 1 to ${STORY_KINDS}`;
    throw new InvalidArgumentError({ argument: 'kinds', expected, received: kinds });
  }
  const tale = new Tale(new Random(seed, `story ${index}`));
  tale.pick(plots.slice(0, kinds))(tale);
  return tale.text();
}

/**
 * The stories of one world, in order and without end.
 *
 * @throws {@link InvalidArgumentError} when `seed` is not an integer from 0 to 2^53 - 1, or `kinds` is out of range.
 * @example
 * for (const text of stories({ seed: 7 })) {
 *   console.log(text);
 *   break;
 * }
 */
export function* stories({ seed = 0, kinds }: StoryOptions = {}): Generator<string, never> {
  for (let index = 0; ; index++) yield story(seed, index, kinds);
}

/**
 * One text to train on: stories 0, 1, 2 ... of a world, each followed by the separator.
 *
 * @throws {@link InvalidArgumentError} when not exactly one of `stories` and `characters` is given, or it is not a
 * positive integer; and as {@link story} does.
 * @example
 * storyCorpus({ stories: 2, separator: '\n\n' }) === `${story(0, 0)}\n\n${story(0, 1)}\n\n`; // => true
 */
export function storyCorpus(options: StoryCorpusOptions): string {
  const { seed, kinds, separator = '<|endoftext|>' } = options;
  const [argument, wanted] = size(options);
  const parts: string[] = [];
  let characters = 0;
  for (const text of stories({ seed, kinds })) {
    parts.push(text, separator);
    characters += text.length + separator.length;
    if ((argument === 'stories' ? parts.length / 2 : characters) >= wanted) break;
  }
  return parts.join('');
}

/** The one size that was given. */
function size({ stories, characters }: StoryCorpusOptions): ['stories' | 'characters', number] {
  if ((stories === undefined) === (characters === undefined)) {
    throw new InvalidArgumentError({
      argument: 'size',
      expected: 'a number of stories or a number of characters',
      received: { stories, characters },
    });
  }
  const argument = stories === undefined ? 'characters' : 'stories';
  const wanted = stories ?? characters;
  if (!Number.isSafeInteger(wanted) || wanted! < 1) {
    throw new InvalidArgumentError({ argument, expected: 'a positive integer', received: wanted });
  }
  return [argument, wanted!];
}
