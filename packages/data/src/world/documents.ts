/** The front door of the grown-up world: stories, and documents in which tasks occur. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { type Draw, draw } from './draw.js';
import { inContextList, inContextText } from './in-context.js';
import type { Split } from './split.js';
import { WORLD_TASKS, worldExample } from './tasks/tasks.js';
import { tellStory } from './tell-story.js';

/**
 * Story `index` of a world.
 *
 * @throws {@link InvalidArgumentError} when a number or the split is none.
 */
export function worldStory(at: Draw): string {
  return draw('story', at, (random) => tellStory(random, at.split).page.finish());
}

/** Which world, and what its documents are. */
export interface WorldOptions {
  /** Default 0. */
  seed?: number;
  /** Default `'train'`. */
  split?: Split;
  /**
   * Mix in documents in which tasks occur, a third of all, and lists of solved examples of tasks that are new each time, a
   * sixth. Default: stories only.
   */
  tasks?: boolean;
}

/** Document `index` of a world. */
export function worldDocument(
  index: number,
  { seed = 0, split = 'train', tasks = false }: WorldOptions = {},
): string {
  const at = { seed, index, split };
  if (!tasks) return worldStory(at);
  const kind = draw('document', at, (_, choice) => choice);
  if (kind % 6 < 3) return worldStory(at);
  if (kind % 6 === 3) return inContextText(inContextList(at, { length: 6 + (Math.floor(kind / 6) % 11) }));
  const task = WORLD_TASKS[Math.floor(kind / 6) % WORLD_TASKS.length];
  const { context, completion } = worldExample(task, at).prompt;
  return context + completion;
}

/** The documents of a world, in order and without end. */
export function* worldDocuments(options: WorldOptions = {}): Generator<string, never> {
  for (let index = 0; ; index++) yield worldDocument(index, options);
}

/**
 * One text to train on: documents 0, 1, 2 ... each followed by the separator.
 *
 * @throws {@link InvalidArgumentError} when `documents` is not a positive integer, and as {@link worldDocument} does.
 */
export function worldCorpus(
  options: WorldOptions & {
    documents: number;
    /** Default `'<|endoftext|>'`. */ separator?: string;
  },
): string {
  const { documents, separator = '<|endoftext|>' } = options;
  if (!Number.isSafeInteger(documents) || documents < 1) {
    throw new InvalidArgumentError({
      argument: 'documents',
      expected: 'a positive integer',
      received: documents,
    });
  }
  let text = '';
  for (let index = 0; index < documents; index++) text += worldDocument(index, options) + separator;
  return text;
}
