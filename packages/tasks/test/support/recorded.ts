import type { LanguageModel } from '@gpt-ts/core';
import { evaluate } from '../../src/evaluation/evaluate.js';
import type { QuestionKind } from '../../src/evaluation/question.js';
import type { EvaluationResult } from '../../src/evaluation/summarise.js';
import type { Task, TaskDocument } from '../../src/evaluation/task.js';
import { bytes } from '../toy-codecs.js';

/** What a model is shown, as text, and what comes of its answers. */
export interface Recorded {
  /** Contexts of all requests, in order. */
  contexts: string[];
  result: EvaluationResult;
}

/** Evaluates a model of one id a byte that likes texts by a score, and writes what it is told to. */
export async function recorded<K extends QuestionKind, D extends TaskDocument>(
  task: Task<K, D>,
  documents: readonly D[],
  options: {
    shots?: number;
    pool?: readonly D[];
    /** log p of a continuation, in nats. Default: minus its length in bytes. */
    logProb?: (context: string, continuation: string) => number;
    /** Default: nothing. */
    write?: (context: string) => string;
  } = {},
): Promise<Recorded> {
  const { logProb = (_, text) => -text.length, write = () => '' } = options;
  const contexts: string[] = [];
  const textOf = (ids: ArrayLike<number>) => bytes.decode(Array.from(ids));
  const model: LanguageModel = {
    nCtx: 10_000,
    nVocab: 256,
    async logLikelihood(requests) {
      return requests.map(({ context, continuation }) => {
        contexts.push(textOf(context));
        return { logProb: logProb(textOf(context), textOf(continuation)), isGreedy: false };
      });
    },
    rollingLogLikelihood: () => Promise.reject(new Error('no text is asked for')),
    async generateUntil(requests) {
      return requests.map(({ context }) => {
        contexts.push(textOf(context));
        return { ids: bytes.encode(write(textOf(context))) };
      });
    },
  };
  const { shots, pool } = options;
  for await (const event of evaluate({ task, documents, pool, shots, model, codec: bytes })) {
    if (event.type === 'eval-end') return { contexts, result: event.result };
  }
  throw new Error('no result');
}
