/**
 * What an item asks of a model, as text, and what the model answers, in text and numbers, before anybody judges it.
 *
 * Five kinds of question are enough for every task of the three papers. Answers hold all that a judge may want, so that a log
 * of them can be judged again without the model.
 */
import type { Decoding } from '@gpt-ts/core';

/** Which continuation fits best? */
export interface ChoiceQuestion {
  /** Everything before the choice, such as `'Q: ...\n\nA:'`. */
  context: string;
  /** Each with its leading space, if it has one. */
  choices: readonly string[];
  /** A context that says nothing of the question, such as `'Answer:'`; asks for the `relative` rule. */
  answerContext?: string;
}

/** All in nats, one entry a choice. */
export interface ChoiceAnswer {
  /** log p(choice | context). */
  logProbs: number[];
  /** Tokens of each choice. */
  tokens: number[];
  /** log p(choice | answerContext), where the question has one. */
  unconditional?: number[];
}

/** After which context does this continuation fit best? The "partial" evaluation of Winograd schemas. */
export interface ContextQuestion {
  contexts: readonly string[];
  continuation: string;
}

/** All in nats, one entry a context. */
export interface ContextAnswer {
  /** log p(continuation | context). */
  logProbs: number[];
  /** Tokens of the continuation after each context: they may differ where they meet. */
  tokens: number[];
}

/** How likely is this continuation, and would the model have written it? */
export interface ContinuationQuestion {
  context: string;
  continuation: string;
  /** Ask for the last token alone, given all before it. Default false. */
  lastTokenOnly?: boolean;
}

/** In nats. */
export interface ContinuationAnswer {
  logProb: number;
  tokens: number;
  /** Whether each token was the likeliest at its place. */
  isGreedy: boolean;
}

/** Write on. */
export interface WritingQuestion {
  context: string;
  maxNewTokens: number;
  /** The text ends before the first of these. */
  stop?: readonly string[];
  /** Default: greedy. */
  decoding?: Decoding;
}

/** What was written, up to a stop string or the end of the text. */
export interface WritingAnswer {
  text: string;
  /** Of a beam search that was asked for several texts: the others, best first. */
  others?: string[];
}

/** How well is this text predicted, from its first token on? */
export interface TextQuestion {
  text: string;
}

/** In nats. */
export interface TextAnswer {
  nats: number;
  tokens: number;
}

interface Kinds {
  choice: { question: ChoiceQuestion; answer: ChoiceAnswer };
  context: { question: ContextQuestion; answer: ContextAnswer };
  continuation: { question: ContinuationQuestion; answer: ContinuationAnswer };
  writing: { question: WritingQuestion; answer: WritingAnswer };
  text: { question: TextQuestion; answer: TextAnswer };
}

/** The kinds of question. */
export type QuestionKind = keyof Kinds;

/** The question of a kind. */
export type QuestionOf<K extends QuestionKind> = Kinds[K]['question'];

/** The answer to a question of a kind. */
export type AnswerOf<K extends QuestionKind> = Kinds[K]['answer'];
