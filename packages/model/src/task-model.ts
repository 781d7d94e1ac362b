/**
 * GPT-1's fine-tuning: a pre-trained model, one linear layer on what it makes of the extract token, and the loss
 * L3 = L2 + lmCoef L1.
 *
 * Letters: B examples, K rows of each, T positions, C = nEmbd, N outputs.
 *
 * @see GPT-1 sections 3.2 and 3.3; `model` and `clf` in openai/finetune-transformer-lm `train.py`.
 */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import {
  add,
  crossEntropy,
  dispose,
  dropout,
  embedding,
  idTensor,
  linear,
  matMul,
  type Parameter,
  parameter,
  reshape,
  sizeOf,
  type Tensor,
  tensor,
  tidy,
} from '@gpt-ts/kernels';
import type { GPT, Pass } from './gpt.js';

/**
 * How the extract states of an example's rows become scores.
 *
 * | form | K | scores |
 * | --- | --- | --- |
 * | `classification` | 1 | one a class; entailment is of this form |
 * | `similarity` | 2, both orders | the two states are added, then one a class |
 * | `multiple-choice` | one an option | one a row |
 */
export type TaskForm = 'classification' | 'similarity' | 'multiple-choice';

/** Examples, packed as GPT-1 section 3.3 says. */
export interface TaskBatch {
  /** B. */
  batchSize: number;
  /** K. */
  nRows: number;
  /** Ids, `[B, K, T]` row-major. */
  tokens: Int32Array;
  /** `[B, K, T]`: 1 on real tokens, 0 on padding, nothing between. */
  mask: Float32Array;
  /** `[B, K]`: the position of each row's extract token. */
  extractIndex: Int32Array;
}

/** Examples with answers. */
export interface LabelledBatch extends TaskBatch {
  /** `[B]`: the right class or option, or -1 where there is none. */
  labels: Int32Array;
}

/** The losses of a batch, in nats. All are scalars; `loss` alone is meant for gradients. */
export interface TaskLosses {
  /** L3. */
  loss: Tensor;
  /** L2: mean over the examples that have a label. */
  l2: Tensor;
  /** lmCoef L1: L1 is the mean over the rows of each row's mean over its own real tokens. */
  weightedL1?: Tensor;
}

/** Options of {@link TaskModel}. */
export interface TaskHeadConfig {
  form: TaskForm;
  /** Classes; 1, and may be left out, for `multiple-choice`. */
  nClasses?: number;
  /** Share of the extract state that training drops, the same in all options of an example. Default 0.1. */
  clfPdrop?: number;
}

/** Options of {@link TaskModel.losses}. */
export interface TaskPass extends Pass {
  /** Weight of L1; 0 leaves it out. Default 0.5. */
  lmCoef?: number;
  /**
   * For a batch that is a part of one: how many examples the whole has. L2 and L1 are then divided by the whole's numbers, and
   * the gradients of all parts add up to the whole's, if all its examples have labels.
   */
  examples?: number;
}

/** A model with a task's head. Disposing it disposes the model as well. */
export class TaskModel implements Disposable {
  readonly gpt: GPT;
  readonly head: Readonly<Required<TaskHeadConfig>>;
  /** Those of the model, then `clf.weight [C, N]` and `clf.bias [N]`. */
  readonly parameters: ReadonlyMap<string, Parameter>;

  /**
   * @param values - `clf.weight` and `clf.bias`: values, which are copied, or parameters, which it owns from here on. Default:
   *   N(0, 0.02) and 0, of seed 0.
   * @throws InvalidArgumentError when the number of classes or of values is wrong.
   */
  constructor(
    gpt: GPT,
    config: TaskHeadConfig,
    values: ReadonlyMap<string, Float32Array | Parameter> = initialHead(gpt.config.nEmbd, outputs(config), 0),
  ) {
    const n = outputs(config);
    const shapes = { 'clf.weight': [gpt.config.nEmbd, n], 'clf.bias': [n] };
    for (const [name, shape] of Object.entries(shapes)) assertHead(name, shape, values.get(name));
    this.gpt = gpt;
    this.head = { form: config.form, nClasses: n, clfPdrop: config.clfPdrop ?? 0.1 };
    const make = ([name, shape]: [string, number[]]) => {
      const given = values.get(name)!;
      return [name, given instanceof Float32Array ? parameter(given, shape) : given] as const;
    };
    this.parameters = new Map([...gpt.parameters, ...Object.entries(shapes).map(make)]);
  }

  /**
   * Scores of the classes `[B, N]`, or of the options `[B, K]`. The caller disposes them.
   *
   * @throws InvalidArgumentError when the batch does not go with the form, or is not what {@link TaskBatch} says.
   */
  logits(batch: TaskBatch): Tensor {
    return tidy(() => this.headOf(this.hidden(batch, {}), batch, {}));
  }

  /**
   * The losses, from one run of the model.
   *
   * @returns The caller disposes all of them.
   * @throws As `logits`; InvalidArgumentError when `examples` is less than the batch has.
   * @example
   * const { loss } = task.losses(part, { examples: 32 }); // the first 4 of 32 examples
   */
  losses(batch: LabelledBatch, { lmCoef = 0.5, examples, ...pass }: TaskPass = {}): TaskLosses {
    const { batchSize, labels } = batch;
    if (examples !== undefined && !(Number.isInteger(examples) && examples >= batchSize)) {
      const expected = `a whole number, at least the ${batchSize} of the batch`;
      throw new InvalidArgumentError({ argument: 'examples', expected, received: examples });
    }
    return tidy(() => {
      const hidden = this.hidden(batch, pass); // [B K, T, C]
      const scores = this.headOf(hidden, batch, pass);
      const targets = idTensor(labels, [batchSize]);
      const shares = examples === undefined ? undefined : new Float32Array(batchSize).fill(1 / examples);
      const { loss: l2 } = crossEntropy(scores, targets, shares && tensor(shares, [batchSize]));
      if (lmCoef === 0) return { loss: reshape(l2, []), l2 };
      const { loss: weightedL1 } = this.gpt.lossOf(hidden, nextTokens(batch, lmCoef, examples));
      return { loss: add(l2, weightedL1), l2, weightedL1 };
    });
  }

  private hidden(batch: TaskBatch, pass: Pass): Tensor {
    checkBatch(batch, this.head.form);
    return this.gpt.hidden(batch.tokens, batch.batchSize * batch.nRows, pass);
  }

  private headOf(hidden: Tensor, { batchSize: b, nRows: k, extractIndex }: TaskBatch, pass: Pass): Tensor {
    const [rows, t, c] = hidden.shape;
    const positions = reshape(hidden, [rows * t, c]);
    const states = Array.from({ length: k }, (_, row) => {
      const at = Int32Array.from({ length: b }, (_, i) => (i * k + row) * t + extractIndex[i * k + row]);
      return embedding(positions, idTensor(at, [b])); // [B, C]
    });
    const weight = this.parameters.get('clf.weight')!;
    const bias = this.parameters.get('clf.bias')!;
    if (this.head.form === 'classification') return linear(this.drop(states[0], pass), weight, bias); // [B, N]
    if (this.head.form === 'similarity')
      return linear(this.drop(add(states[0], states[1]), pass), weight, bias);
    const biases = reshape(
      matMul(
        reshape(bias, [1, 1]),
        constant(1, k, () => 1),
      ),
      [k],
    );
    return states
      .map((state, row) => {
        const column = matMul(
          weight,
          constant(1, k, (at) => (at === row ? 1 : 0)),
        ); // [C, K]: the weight in one column
        const x = this.drop(state, pass); // the same mask for every option
        return row === 0 ? linear(x, column, biases) : matMul(x, column); // [B, K]
      })
      .reduce((sum, scores) => add(sum, scores));
  }

  private drop(x: Tensor, { dropout: masks }: Pass): Tensor {
    if (!masks || this.head.clfPdrop === 0) return x;
    return dropout(x, this.head.clfPdrop, { ...masks, name: 'clf' });
  }

  [Symbol.dispose](): void {
    dispose([this.parameters.get('clf.weight')!, this.parameters.get('clf.bias')!]);
    this.gpt[Symbol.dispose]();
  }
}

function checkBatch({ tokens, mask, extractIndex, batchSize, nRows }: TaskBatch, form: TaskForm): void {
  const check = (valid: boolean, argument: keyof TaskBatch, expected: string, received: unknown): void => {
    if (!valid) throw new InvalidArgumentError({ argument, expected, received });
  };
  const needed = { classification: 1, similarity: 2, 'multiple-choice': nRows }[form];
  check(nRows === needed, 'nRows', `${needed} for ${form}`, nRows);
  const rows = batchSize * nRows;
  const t = tokens.length / rows;
  check(Number.isInteger(t) && t > 0, 'tokens', `${rows} rows of one or more ids`, `${tokens.length} ids`);
  const inside = extractIndex.every((at) => at >= 0 && at < t);
  check(
    extractIndex.length === rows && inside,
    'extractIndex',
    `${rows} positions from 0 to ${t - 1}`,
    extractIndex,
  );
  check(mask.length === tokens.length, 'mask', `${tokens.length} values`, `${mask.length} values`);
  const odd = mask.findIndex((value) => value !== 0 && value !== 1);
  check(odd < 0, 'mask', '0 or 1 everywhere', `${mask[odd]} at index ${odd}`);
}

/** First values of a head: N(0, 0.02) and 0, as in `clf`. */
function initialHead(nEmbd: number, nOutputs: number, seed: number): Map<string, Float32Array> {
  const random = new Random(seed, 'init clf.weight');
  const weight = Float32Array.from({ length: nEmbd * nOutputs }, () => 0.02 * random.normal());
  return new Map([
    ['clf.weight', weight],
    ['clf.bias', new Float32Array(nOutputs)],
  ]);
}

function assertHead(
  name: string,
  shape: readonly number[],
  given: Float32Array | Parameter | undefined,
): void {
  const received = given && (given instanceof Float32Array ? [given.length] : given.shape);
  if (received && sizeOf(received) === sizeOf(shape)) return;
  const expected = `${sizeOf(shape)} values`;
  throw new InvalidArgumentError({ argument: name, expected, received: received && sizeOf(received) });
}

function constant(rows: number, columns: number, value: (at: number) => number): Tensor {
  return tensor(
    Float32Array.from({ length: rows * columns }, (_, at) => value(at)),
    [rows, columns],
  );
}

function outputs({ form, nClasses = 1 }: TaskHeadConfig): number {
  const valid = Number.isInteger(nClasses) && (form === 'multiple-choice' ? nClasses === 1 : nClasses >= 2);
  if (valid) return nClasses;
  const expected = form === 'multiple-choice' ? '1 or left out: options are rows' : 'two or more';
  throw new InvalidArgumentError({ argument: 'nClasses', expected, received: nClasses });
}

/** Position t of each row is to predict token t + 1 where that is a real one; every row of all examples counts the same. */
function nextTokens(
  { tokens, mask, batchSize, nRows }: TaskBatch,
  lmCoef: number,
  examples = batchSize,
): { targets: Int32Array; weights: Float32Array } {
  const rows = batchSize * nRows;
  const t = tokens.length / rows;
  const targets = tokens.map((_, i) => ((i + 1) % t !== 0 && mask[i + 1] ? tokens[i + 1] : -1));
  const weights = new Float32Array(tokens.length);
  for (let r = 0; r < rows; r++) {
    const counted = targets.subarray(r * t, (r + 1) * t).filter((target) => target >= 0).length;
    weights.fill(lmCoef / (examples * nRows * Math.max(1, counted)), r * t, (r + 1) * t);
  }
  return { targets, weights };
}
