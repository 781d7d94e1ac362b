/** L2 and L3 = L2 + lmCoef L1: learn a task from examples, as in GPT-1 section 3.2. */
import { InvalidArgumentError, InvalidConfigError, type Storage } from '@gpt-ts/core';
import { dispose, emptyParameter, type Parameter, type Tensor } from '@gpt-ts/kernels';
import { GPT, type GPTConfig, type LabelledBatch, type Pass, saveTaskModel, TaskModel } from '@gpt-ts/model';
import { z } from 'zod';
import { checkSchema } from '../check-schema.js';
import { LanguageModelling } from './language-modelling.js';
import type { BatchSize, Evaluation, Objective } from './objective.js';

/** Options of {@link FineTuning}. */
export interface FineTuningOptions {
  /** Weight of L1; 0 leaves it out, and L2 remains. Default 0.5, as published. */
  lmCoef?: number;
}

const schema = z.strictObject({
  form: z.enum(['classification', 'similarity', 'multiple-choice']),
  nClasses: z
    .int()
    .min(1)
    .max(2 ** 16),
  clfPdrop: z.number().min(0).lt(1),
  lmCoef: z.number().min(0),
});

/**
 * L3 over a model with a task's head: the mean loss of an example, in nats. Examples to learn from all have labels.
 *
 * L1's softmax is that of the model's `head`:
 *
 * | `config.head` | softmax of L1 | who |
 * | --- | --- | --- |
 * | `joint` | positions take part, in one table with the tokens | GPT-1 as released |
 * | `tied` | over tokens alone: `tokens` in our golden values | GPT-1's paper, and all later GPTs |
 * | `untied` | over tokens, by a table of its own | needs `lmCoef` above 0 |
 *
 * @see GPT-1 section 3.2; `model` in openai/finetune-transformer-lm `train.py`, whose logits are over all rows of `we`.
 * @example
 * using trainer = await Trainer.start(new FineTuning(new TaskModel(gpt, { form: 'classification', nClasses: 2 })), settings);
 */
export class FineTuning implements Objective<LabelledBatch> {
  static readonly kind = 'fine-tuning';
  readonly kind = 'fine-tuning';
  readonly model: TaskModel;
  readonly lmCoef: number;

  /**
   * @param model - Belongs to the objective from here on.
   * @throws InvalidArgumentError for a negative weight, and for 0 where the output table would then learn from nothing.
   */
  constructor(model: TaskModel, { lmCoef = 0.5 }: FineTuningOptions = {}) {
    const expected = expectedCoef(model.gpt.config, lmCoef);
    if (expected) throw new InvalidArgumentError({ argument: 'lmCoef', expected, received: lmCoef });
    this.model = model;
    this.lmCoef = lmCoef;
  }

  static restore(config: GPTConfig, settings: unknown, source: string): FineTuning {
    const { lmCoef, ...head } = checkSchema(schema, settings, source);
    const refuse = (field: string, expected: string, received: number) => {
      throw new InvalidConfigError({ source, field, expected, received }); // before the first tensor is made
    };
    const { form, nClasses } = head;
    if (form === 'multiple-choice' && nClasses !== 1) refuse('nClasses', `1 for ${form}`, nClasses);
    if (form !== 'multiple-choice' && nClasses < 2) refuse('nClasses', `at least 2 for ${form}`, nClasses);
    const expected = expectedCoef(config, lmCoef);
    if (expected) refuse('lmCoef', expected, lmCoef);
    const { nEmbd } = config;
    const clf = new Map([
      ['clf.weight', emptyParameter([nEmbd, head.nClasses])],
      ['clf.bias', emptyParameter([head.nClasses])],
    ]);
    return new FineTuning(new TaskModel(LanguageModelling.restore(config).gpt, head, clf), { lmCoef });
  }

  get gpt(): TaskModel['gpt'] {
    return this.model.gpt;
  }

  get parameters(): ReadonlyMap<string, Parameter> {
    return this.model.parameters;
  }

  /** `l2`, and `l1` times its weight. */
  get parts(): readonly string[] {
    return this.lmCoef === 0 ? ['l2'] : ['l2', 'weightedL1'];
  }

  get uniformLoss(): number {
    const { form, nClasses } = this.model.head;
    const choices = form === 'multiple-choice' ? 2 : nClasses; // two options at least
    return Math.log(choices) + this.lmCoef * Math.log(this.gpt.config.nVocab);
  }

  sizeOf({ tokens, batchSize, nRows }: LabelledBatch): BatchSize {
    const rows = batchSize * nRows;
    return { sequences: batchSize, rows, seqLen: tokens.length / rows };
  }

  split(batch: LabelledBatch, size: number): LabelledBatch[] {
    const { nRows } = batch;
    const { seqLen } = this.sizeOf(batch);
    return Array.from({ length: Math.ceil(batch.batchSize / size) }, (_, i) => {
      const first = i * size;
      const end = Math.min(first + size, batch.batchSize);
      const cut = <T extends Int32Array | Float32Array>(values: T, each: number) =>
        values.subarray(first * each, end * each) as T;
      return {
        batchSize: end - first,
        nRows,
        tokens: cut(batch.tokens, nRows * seqLen),
        mask: cut(batch.mask, nRows * seqLen),
        extractIndex: cut(batch.extractIndex, nRows),
        labels: cut(batch.labels, 1),
      };
    });
  }

  losses(batch: LabelledBatch, whole: LabelledBatch, pass: Pass): Tensor[] {
    const options = { lmCoef: this.lmCoef, examples: whole.batchSize, ...pass };
    const { loss, l2, weightedL1 } = this.model.losses(batch, options);
    return weightedL1 ? [loss, l2, weightedL1] : [loss, l2];
  }

  /** L2 and the share of examples whose right answer scores highest; those without a label do not count. */
  async evaluate(batches: Iterable<LabelledBatch>, signal?: AbortSignal): Promise<Evaluation> {
    let nats = 0;
    let right = 0;
    let count = 0;
    for (const batch of batches) {
      signal?.throwIfAborted();
      const { loss, l2 } = this.model.losses(batch, { lmCoef: 0 });
      const logits = this.model.logits(batch);
      try {
        const labelled = batch.labels.filter((label) => label >= 0).length;
        if (labelled > 0) nats += (await l2.data())[0] * labelled;
        count += labelled;
        const scores = await logits.data();
        const n = scores.length / batch.batchSize;
        batch.labels.forEach((label, i) => {
          const row = scores.subarray(i * n, (i + 1) * n);
          if (label >= 0 && row.indexOf(Math.max(...row)) === label) right++; // of equal scores, the first counts
        });
      } finally {
        dispose([loss, l2, logits]);
      }
    }
    return { loss: nats / count, count, metrics: { accuracy: right / count } };
  }

  over(parameters: ReadonlyMap<string, Parameter>): FineTuning {
    const gpt = GPT.fromParameters(this.gpt.config, parameters);
    return new FineTuning(new TaskModel(gpt, this.model.head, parameters), this);
  }

  async save(storage: Storage): Promise<void> {
    await saveTaskModel(this.model, storage);
  }

  settings(): Record<string, unknown> {
    return { ...this.model.head, lmCoef: this.lmCoef };
  }

  [Symbol.dispose](): void {
    this.model[Symbol.dispose]();
  }
}

/** What the weight of L1 must be, if it is not. */
function expectedCoef({ head }: GPTConfig, lmCoef: number): string | undefined {
  if (head === 'untied' && lmCoef === 0) return 'above 0: an untied head learns from L1 alone';
  return lmCoef >= 0 && Number.isFinite(lmCoef) ? undefined : 'a number of 0 or more';
}
