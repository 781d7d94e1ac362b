/** A task as data: where its documents are, what each of them asks, and how answers are judged. */
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleSource } from '../example.js';
import type { Shot } from '../few-shot-prompt.js';
import type { TextFile } from '../sets/task-set.js';
import type { AnswerOf, QuestionKind, QuestionOf } from './question.js';

/** One item of a data set, as its file has it. */
export interface TaskDocument {
  readonly source: ExampleSource;
}

/** What a judge made of one answer: numbers to average, texts to compare over a whole set. JSON. */
export type Outcome = Readonly<Record<string, number | string | readonly string[]>>;

/** A figure over a whole set. */
export interface Metric {
  /** How the figure is to be read. A share is from 0 to 1, and papers print it in percent. */
  readonly unit: 'share' | 'score' | 'perplexity' | 'bits';
  /**
   * What is counted, where that is not each item: a part of them, or groups that count as one, such as the answers to a question.
   * Where it is nothing, there is no figure.
   */
  counted?(outcomes: readonly Outcome[]): readonly Outcome[];
  /** From the outcomes of all that is counted, at least one. */
  of(outcomes: readonly Outcome[]): number;
}

/** Figures that a paper gives for the task. */
export interface Published {
  /** Where they stand: `'GPT-3 Table H.1'`. */
  readonly source: string;
  /** How they were measured: `'few-shot, K = 50'`. */
  readonly setting: string;
  /** The metric of ours that they compare with. */
  readonly metric: string;
  /** By model, as printed: shares in percent. */
  readonly values: Readonly<Record<string, number>>;
}

/** How documents are shown solved before one is asked (GPT-3 section 2.4). */
export interface InContext<D> {
  /** A document as the prompt shows it, with its answer; nothing where it cannot be shown. */
  shot(document: D): Shot | undefined;
  /** K in the paper. */
  readonly k?: number;
  /** Between the parts of a prompt. Default a blank line. */
  readonly delimiter?: string;
  /** The task in words, at the top. Default: none. */
  readonly description?: string;
  /** Whether all items are shown the same examples. Default false: each item has a draw of its own. */
  readonly sameForAll?: boolean;
}

/** A task that any language model can be asked. */
export interface Task<K extends QuestionKind = QuestionKind, D extends TaskDocument = TaskDocument> {
  /** `'arc-easy'`: lower case, words joined by hyphens. */
  readonly name: string;
  /** Goes up when the same model would get another result: other prompts, another rule, another metric. */
  readonly version: number;
  /** What is asked, in one line. */
  readonly title: string;
  /** Where the paper describes it: `'GPT-3 section 3.6'`. */
  readonly paper: string;
  readonly kind: K;
  /**
   * The files of a data folder: those to ask about, and those to draw examples from; without the latter they are drawn from the
   * former, never the item itself, nor another of its row: a question about the same passage. `*` stands for any file name.
   */
  readonly files: { readonly test: readonly string[]; readonly train?: readonly string[] };
  /**
   * The documents of the files.
   *
   * @param onBadRow - Told of a row that is not what it should be, which is then left out. Default: throws the error.
   * @throws InvalidFileError when a file as a whole is not what it should be.
   */
  read(files: readonly TextFile[], onBadRow?: (error: InvalidExampleError) => void): D[];
  /** Left out where documents are never shown solved: language modelling. */
  readonly inContext?: InContext<D>;
  /** What a document asks. The examples that come before it are not its business, but it may ask otherwise after `k` of them. */
  ask(document: D, k: number): QuestionOf<K>;
  judge(document: D, answer: AnswerOf<K>): Outcome;
  /** By name, the one that papers quote first. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly published: readonly Published[];
}
