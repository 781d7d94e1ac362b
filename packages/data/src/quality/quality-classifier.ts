/**
 * GPT-3's quality filter (appendix A): how much a document is like good text and unlike raw crawl, from its words alone.
 */
import {
  concatBytes,
  decodeSafetensors,
  encodeSafetensors,
  InvalidArgumentError,
  InvalidFileError,
} from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';
import {
  type FitOptions,
  fitLogisticRegression,
  type LabelledVector,
  type LinearModel,
  probability,
} from './logistic-regression.js';
import { type TermOptions, termFrequencies, termSettings } from './term-frequencies.js';

/** What a classifier is trained on. */
export interface QualityTrainingOptions extends FitOptions, TermOptions {
  /** Texts to be like. */
  good: Iterable<string>;
  /** Texts to be unlike. */
  bad: Iterable<string>;
}

const FORMAT = 'gpt-ts-quality-1';

/** Gives documents a score. */
export class QualityClassifier {
  readonly #model: LinearModel;
  readonly #terms: Required<TermOptions>;

  private constructor(model: LinearModel, terms: Required<TermOptions>) {
    this.#model = model;
    this.#terms = terms;
  }

  /**
   * Learns from examples; the vectors of all are in memory at once, some 8 bytes a distinct word of a text. The same
   * texts, options and seed give the same classifier.
   *
   * @throws {@link InvalidArgumentError} when there are no good or no bad texts, or an option is out of range.
   * @example
   * const classifier = QualityClassifier.train({ good: ['The cat sat down.'], bad: ['Accept all cookies'] });
   * classifier.score('The cat sat up.') > classifier.score('Cookies: accept'); // => true
   */
  static train({ good, bad, ...options }: QualityTrainingOptions): QualityClassifier {
    const terms = termSettings(options);
    assertFit(options);
    const examples: LabelledVector[] = [];
    for (const [argument, texts, label] of [['good', good, 1] as const, ['bad', bad, 0] as const]) {
      const before = examples.length;
      for (const text of texts) examples.push({ ...termFrequencies(text, terms), label });
      if (examples.length > before) continue;
      throw new InvalidArgumentError({ argument, expected: 'at least one text', received: 0 });
    }
    return new QualityClassifier(fitLogisticRegression(examples, terms.buckets, options), terms);
  }

  /** Reads what {@link save} gave. @throws {@link InvalidFileError} when it is something else. */
  static load(bytes: Uint8Array, file: string): QualityClassifier {
    const { tensors, metadata } = decodeSafetensors(bytes, file);
    const format = metadata.get('format');
    if (format !== FORMAT) {
      const problem = `format must be "${FORMAT}", got ${format === undefined ? 'none' : `"${format}"`}`;
      throw new InvalidFileError({
        file,
        problem,
        hint: 'Train a classifier with gpt data quality --train.',
      });
    }
    const read = (name: string) => {
      const tensor = tensors.get(name);
      const fits = tensor?.data instanceof Float32Array && tensor.shape.length === 1;
      if (fits && tensor.data.every((x) => Number.isFinite(x))) return tensor.data as Float32Array;
      throw new InvalidFileError({ file, field: name, problem: 'must be a vector of finite F32' });
    };
    const weights = read('weights');
    const bias = read('bias');
    if (bias.length !== 1) {
      throw new InvalidFileError({ file, field: 'bias', problem: `must be one number, got ${bias.length}` });
    }
    let terms: Required<TermOptions>;
    try {
      terms = termSettings({ buckets: weights.length, termWords: Number(metadata.get('termWords')) });
    } catch (cause) {
      const problem = `describes no classifier: ${cause instanceof Error ? cause.message : cause}`;
      throw new InvalidFileError({ file, problem, cause });
    }
    return new QualityClassifier({ weights, bias: bias[0] }, terms);
  }

  /** From 0, like the bad texts, to 1, like the good ones. */
  score(text: string): number {
    return probability(this.#model, termFrequencies(text, this.#terms));
  }

  /** The classifier as a safetensors file. */
  save(): Uint8Array {
    const { weights, bias } = this.#model;
    const tensors = new Map([
      ['weights', { shape: [weights.length], data: weights }],
      ['bias', { shape: [1], data: Float32Array.of(bias) }],
    ]);
    const metadata = new Map([
      ['format', FORMAT],
      ['termWords', `${this.#terms.termWords}`],
    ]);
    return concatBytes(encodeSafetensors(tensors, metadata));
  }
}

function assertFit({ epochs = 1, learningRate = 1, l2 = 0 }: FitOptions): void {
  assertPositiveIntegers({ epochs });
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new InvalidArgumentError({
      argument: 'learningRate',
      expected: 'more than 0',
      received: learningRate,
    });
  }
  if (l2 >= 0 && l2 < Infinity) return;
  throw new InvalidArgumentError({ argument: 'l2', expected: '0 or more', received: l2 });
}
