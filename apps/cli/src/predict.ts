/** What a fine-tuned model makes of examples. */
import { dispose } from '@gpt-ts/kernels';
import type { TaskModel } from '@gpt-ts/model';
import {
  accuracy,
  confusion,
  type EncodedExample,
  evaluationBatches,
  f1,
  majorityAccuracy,
  matthews,
  type TaskMetric,
} from '@gpt-ts/tasks';

const BATCH = 32;

/** Probabilities of the classes, or options, of each example. */
export async function predict(model: TaskModel, examples: readonly EncodedExample[]): Promise<number[][]> {
  const probabilities = new Array<number[]>(examples.length);
  for (const { batch, indices } of evaluationBatches(examples, BATCH)) {
    const logits = model.logits(batch);
    const scores = await logits.data();
    dispose([logits]);
    const n = scores.length / batch.batchSize;
    for (const [b, i] of indices.entries())
      probabilities[i] = softmax([...scores.subarray(b * n, (b + 1) * n)]);
  }
  return probabilities;
}

/**
 * How good predictions are: accuracy, that of always saying what is commonest in training, and what results on a set are
 * published in.
 */
export function measure(
  probabilities: readonly number[][],
  labels: readonly number[],
  trainLabels: readonly number[],
  metric: TaskMetric = 'accuracy',
): Record<string, number> {
  const predicted = probabilities.map((row) => row.indexOf(Math.max(...row)));
  const measures = { accuracy: accuracy(predicted, labels), majority: majorityAccuracy(labels, trainLabels) };
  if (metric === 'accuracy') return measures;
  const counts = confusion(predicted, labels, probabilities[0].length);
  return { ...measures, [metric]: metric === 'f1' ? f1(counts) : matthews(counts) };
}

function softmax(scores: readonly number[]): number[] {
  const max = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - max));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
