/**
 * Asks a language model every item of a task: draws the examples, asks many items at once, judges the answers.
 *
 * An item's prompt depends on the seed and its number alone, so a run that was cut off goes on with the items that are missing
 * and ends with the same figures.
 */
import { InvalidArgumentError, isGptError, type LanguageModel } from '@gpt-ts/core';
import { fewShotPrefix, type Shot } from '../few-shot-prompt.js';
import type { TextCodec } from '../text-codec.js';
import { UnanswerableError } from './errors/unanswerable-error.js';
import type { Asking } from './kinds/kind.js';
import { type AnswerOf, kindOf, type QuestionKind, type QuestionOf } from './question.js';
import { type EvaluationResult, type Judged, summarise } from './summarise.js';
import type { InContext, Outcome, Task, TaskDocument } from './task.js';

/** Whom to ask what. */
export interface EvaluateOptions<K extends QuestionKind, D extends TaskDocument> {
  task: Task<K, D>;
  /** The documents to ask about. */
  documents: readonly D[];
  /** The documents to draw examples from. Default: `documents`, but never the one that is asked. */
  pool?: readonly D[];
  model: LanguageModel;
  codec: TextCodec;
  /** K, the examples before each item; fewer where the context does not hold them. Default 0. */
  shots?: number;
  /** Of the draws. Default 0, and 0 counts. */
  seed?: number;
  /** How many items to ask, from the first. Default: all. */
  limit?: number;
  /** New tokens scored per window of a text, from 1 to `nCtx` (default). */
  stride?: number;
  /** Items to ask in one call. Default 32. */
  batchSize?: number;
  /** Answers that are there already, by number of the item: those of a log that is gone on with. They are judged again. */
  answered?: ReadonlyMap<number, SampleRecord<K>>;
  /** Told now and then how much of a long text has been scored. */
  onTokens?: (scored: number, all: number) => void;
  /** Stops between two calls of the model; the iteration then throws the signal's reason. */
  signal?: AbortSignal;
}

/** What is known of one item: JSON, and all that judging it again takes. */
export interface SampleRecord<K extends QuestionKind = QuestionKind> {
  /** Number of the item, from 0. */
  index: number;
  /** File and row: `'dev.jsonl:12'`. */
  source: string;
  /** Numbers of the examples shown, in order. */
  shots: number[];
  /** Whether `nCtx` does not hold what was asked, so that the model saw the end of it alone. */
  truncated: boolean;
  /** As asked behind the examples. */
  question: QuestionOf<K>;
  answer: AnswerOf<K>;
  outcome: Outcome;
}

/** An item has been answered, now or before. */
export interface SampleEndEvent<K extends QuestionKind = QuestionKind> {
  type: 'sample-end';
  sample: SampleRecord<K>;
  /** How many items have been answered, of how many. */
  done: number;
  items: number;
}

/** All items have been answered. */
export interface EvalEndEvent {
  type: 'eval-end';
  result: EvaluationResult;
}

/** What {@link evaluate} reports. */
export type EvaluateEvent<K extends QuestionKind = QuestionKind> = SampleEndEvent<K> | EvalEndEvent;

const BATCH_SIZE = 32;

/**
 * Evaluates.
 *
 * @returns An event for each item, first those that were answered before, and the result at the end.
 * @throws InvalidArgumentError when there is nothing to ask, or examples are wanted of a task that shows none.
 * @throws UnanswerableError when the model cannot be asked an item, as when an answer is longer than `nCtx`.
 * @example
 * for await (const event of evaluate({ task, documents, model, codec, shots: 8 })) {
 *   if (event.type === 'eval-end') console.log(event.result.metrics.accuracy.value);
 * }
 */
export async function* evaluate<K extends QuestionKind, D extends TaskDocument>(
  options: EvaluateOptions<K, D>,
): AsyncGenerator<EvaluateEvent<K>, void, undefined> {
  const { task, documents, pool = documents, answered = new Map(), batchSize = BATCH_SIZE } = options;
  const { shots = 0, seed = 0, limit = documents.length, signal } = options;
  const items = Math.min(limit, documents.length);
  check(items > 0, 'documents', 'one or more to ask about', documents.length);
  check(Number.isSafeInteger(batchSize) && batchSize > 0, 'batchSize', 'a positive integer', batchSize);
  check(shots === 0 || task.inContext !== undefined, 'shots', `0: ${task.name} shows no examples`, shots);

  const all: Judged[] = [];
  let done = 0;
  const end = (sample: SampleRecord<K>): SampleEndEvent<K> => {
    all[sample.index] = { outcome: sample.outcome, shots: sample.shots.length, truncated: sample.truncated };
    return { type: 'sample-end', sample, done: ++done, items };
  };
  const indices = Array.from({ length: items }, (_, index) => index);
  for (const index of indices.filter((each) => answered.has(each))) {
    const sample: SampleRecord<K> = answered.get(index);
    yield end({ ...sample, outcome: task.judge(documents[index], sample.answer) });
  }
  const examples = shots === 0 ? [] : examplesIn(task.inContext!, pool);
  const own = options.pool === undefined ? placesBySource(examples) : new Map<string, number[]>();
  const open = indices.filter((index) => !answered.has(index));
  for (let first = 0; first < open.length; first += batchSize) {
    signal?.throwIfAborted();
    const prompts = open.slice(first, first + batchSize).map((index) => {
      const exclude = own.get(sourceOf(documents[index]));
      return promptOf(options, { examples, shots, seed, index, exclude });
    });
    const answers = await answersTo(task.kind, prompts, options);
    for (const [i, { index, shots: shown, truncated, question }] of prompts.entries()) {
      const document = documents[index];
      const source = sourceOf(document);
      const answer = answers[i];
      const outcome = task.judge(document, answer);
      yield end({ index, source, shots: shown, truncated, question, answer, outcome });
    }
  }
  yield { type: 'eval-end', result: summarise(task, all, { shots, seed, stride: options.stride }) };
}

/** An item ready to be asked. */
interface Prompt<K extends QuestionKind> {
  index: number;
  document: TaskDocument;
  shots: number[];
  truncated: boolean;
  /** As the task asks it. */
  question: QuestionOf<K>;
  /** With the examples before it. */
  asked: QuestionOf<K>;
}

/** A document that can be shown solved. */
interface PoolExample extends Shot {
  /** Its number in the pool. */
  index: number;
  source: string;
}

function examplesIn<D extends TaskDocument>(inContext: InContext<D>, pool: readonly D[]): PoolExample[] {
  return pool.flatMap((document, index) => {
    const shot = inContext.shot(document);
    return shot === undefined ? [] : [{ ...shot, index, source: sourceOf(document) }];
  });
}

/** The places of the examples from each row: questions about one passage share it, and would tell each other's answers. */
function placesBySource(examples: readonly PoolExample[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [i, { source }] of examples.entries()) {
    const those = places.get(source);
    if (those) those.push(i);
    else places.set(source, [i]);
  }
  return places;
}

function sourceOf({ source: { file, row } }: TaskDocument): string {
  return `${file}:${row}`;
}

function promptOf<K extends QuestionKind, D extends TaskDocument>(
  { task, documents, model, codec }: EvaluateOptions<K, D>,
  draw: { examples: readonly PoolExample[]; shots: number; seed: number; index: number; exclude?: number[] },
): Prompt<K> {
  const { index, examples, shots: k, seed, exclude } = draw;
  const { inContext } = task;
  const kind = kindOf(task.kind);
  const document = documents[index];
  const question = task.ask(document, k);
  const { texts, newTokens } = kind.size(question);
  const fits = (prefix: string) =>
    texts.every((text) => codec.encode(prefix + text).length + newTokens <= model.nCtx);
  const { prefix, shots: drawn } = fewShotPrefix(
    {
      ...{ examples, k, seed },
      ...{ description: inContext?.description, delimiter: inContext?.delimiter },
      index: inContext?.sameForAll ? 0 : index,
      exclude,
    },
    fits,
  );
  const shots = drawn.map((i) => examples[i].index);
  return {
    index,
    document,
    shots,
    truncated: !fits(prefix),
    question,
    asked: kind.after(prefix, question, index),
  };
}

async function answersTo<K extends QuestionKind>(
  kind: K,
  prompts: readonly Prompt<K>[],
  asking: Asking,
): Promise<AnswerOf<K>[]> {
  const ask = (some: readonly Prompt<K>[]) =>
    kindOf(kind).ask(
      some.map(({ asked }) => asked),
      asking,
    );
  try {
    return await ask(prompts);
  } catch (cause) {
    if (!isGptError(cause) || asking.signal?.aborted) throw cause;
    for (const prompt of prompts) {
      await ask([prompt]).catch((error) => {
        throw isGptError(error) ? new UnanswerableError(prompt.document.source, error) : error;
      });
    }
    throw cause;
  }
}

function check(valid: boolean, argument: string, expected: string, received: unknown): void {
  if (!valid) throw new InvalidArgumentError({ argument, expected, received });
}
