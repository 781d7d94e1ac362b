import { InvalidArgumentError } from '@gpt-ts/core';
import type { SampleRecord } from './evaluate.js';
import type { QuestionKind } from './question.js';
import { type EvaluationResult, summarise } from './summarise.js';
import type { Task, TaskDocument } from './task.js';

/**
 * Judges logged answers again, without a model: after a metric was mended, or with another rule.
 *
 * @param setup - K and seed of the evaluation that was logged.
 * @throws InvalidArgumentError when a record is of a document that is not there.
 */
export function rescore<K extends QuestionKind, D extends TaskDocument>(
  task: Task<K, D>,
  documents: readonly D[],
  samples: readonly SampleRecord<K>[],
  setup: { shots: number; seed: number; stride?: number },
): EvaluationResult {
  const judged = [...samples]
    .sort((a, b) => a.index - b.index)
    .map(({ index, answer, shots, truncated }) => {
      const document = documents[index];
      if (document === undefined) {
        const expected = `records of the ${documents.length} documents`;
        throw new InvalidArgumentError({ argument: 'samples', expected, received: `item ${index}` });
      }
      return { outcome: task.judge(document, answer), shots: shots.length, truncated };
    });
  return summarise(task, judged, setup);
}
