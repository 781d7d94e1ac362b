/** Fine-tuning runs small enough for tests, of each form. */
import { Random, type Storage } from '@gpt-ts/core';
import { GPT, type GPTConfigInput, type LabelledBatch, type TaskForm, TaskModel } from '@gpt-ts/model';
import { FineTuning } from '../../src/objectives/fine-tuning.js';
import type { TrainSettings } from '../../src/settings.js';
import { Trainer, type TrainOptions } from '../../src/trainer.js';
import { settings, sizes } from './tiny-run.js';

export const forms: TaskForm[] = ['classification', 'similarity', 'multiple-choice'];
const ROWS = { classification: 1, similarity: 2, 'multiple-choice': 3 };
const CLASSES = { classification: 3, similarity: 2, 'multiple-choice': 1 };
const EXTRACT = 6;

/** Examples `first` to `first + count - 1`: rows of 2 to 5 ids and an extract token, then padding. */
export function drawExamples(form: TaskForm, first: number, count: number): LabelledBatch {
  const nRows = ROWS[form];
  const t = sizes.nCtx;
  const batch: LabelledBatch = {
    batchSize: count,
    nRows,
    tokens: new Int32Array(count * nRows * t),
    mask: new Float32Array(count * nRows * t),
    extractIndex: new Int32Array(count * nRows),
    labels: new Int32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const random = new Random(7, `${form} example ${first + i}`);
    batch.labels[i] = random.int(form === 'multiple-choice' ? nRows : CLASSES[form]);
    for (let row = i * nRows; row < (i + 1) * nRows; row++) {
      const length = 2 + random.int(t - 2);
      for (let at = 0; at < length; at++) batch.tokens[row * t + at] = random.int(EXTRACT);
      batch.tokens[row * t + length] = EXTRACT;
      batch.mask.fill(1, row * t, row * t + length + 1);
      batch.extractIndex[row] = length;
    }
    // The first id of the first row tells the answer more often than not.
    if (random.int(4) > 0) batch.tokens[i * nRows * t] = batch.labels[i];
  }
  return batch;
}

export const taskData = (form: TaskForm): TrainOptions<LabelledBatch> => ({
  batch: (first, count) => drawExamples(form, first, count),
  validation: () => [drawExamples(form, 1000, 4), drawExamples(form, 1004, 3)],
});

/** How {@link startTask} departs from a plain run. */
export interface TaskChanges {
  settings?: Partial<TrainSettings>;
  config?: Partial<GPTConfigInput>;
  lmCoef?: number;
  /** Rate of every dropout. Default: 0. */
  dropout?: number;
}

export function startTask(
  form: TaskForm,
  storage?: Storage,
  { settings: changes, config, lmCoef, dropout: rate = 0 }: TaskChanges = {},
): Promise<Trainer<LabelledBatch>> {
  const rates = { embdPdrop: rate, attnPdrop: rate, residPdrop: rate };
  const gpt = GPT.random({ ...sizes, ...rates, ...config }, settings.seed);
  const model = new TaskModel(gpt, { form, nClasses: CLASSES[form], clfPdrop: rate });
  return Trainer.start(new FineTuning(model, { lmCoef }), { ...settings, ...changes }, storage);
}
