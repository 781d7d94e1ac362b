/** The tasks by name. */
import { InvalidArgumentError, type Random } from '@gpt-ts/core';
import { type Draw, draw } from '../draw.js';
import { Language } from '../language/language.js';
import type { Split } from '../split.js';
import { cloze } from './cloze.js';
import { entailment } from './entailment.js';
import type { TaskExample, TaskName } from './example.js';
import { paraphrase } from './paraphrase.js';
import { questions } from './questions.js';
import { sentiment } from './sentiment.js';
import { summary } from './summary.js';
import { translation } from './translation.js';

type Writer = (random: Random, split: Split, choice: number, language: Language) => TaskExample;

const WRITERS: Record<TaskName, Writer> = {
  sentiment,
  entailment,
  paraphrase,
  cloze,
  questions,
  summary,
  translation,
};

/** Names of all tasks. */
export const WORLD_TASKS: readonly TaskName[] = Object.keys(WRITERS) as TaskName[];

/**
 * Example `index` of a task: the same on every machine.
 *
 * @throws {@link InvalidArgumentError} when the task, the split or a number is none.
 * @example
 * worldExample('sentiment', { seed: 0, index: 7, split: 'test' }).row; // { text: ..., label: 'positive' }
 */
export function worldExample(task: TaskName, at: Draw): TaskExample {
  if (!WORLD_TASKS.includes(task)) {
    throw new InvalidArgumentError({
      argument: 'task',
      expected: `one of ${WORLD_TASKS.join(', ')}`,
      received: task,
    });
  }
  const language = languageOf(at.seed);
  return draw(task, at, (random, choice) => WRITERS[task](random, at.split, choice, language));
}

let last: { seed: number; language: Language } | undefined;

/** The language of a world; the last one is kept. */
function languageOf(seed: number): Language {
  if (last?.seed !== seed) last = { seed, language: new Language(seed) };
  return last.language;
}
