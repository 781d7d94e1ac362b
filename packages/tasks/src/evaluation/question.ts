/**
 * What an item asks of a model, as text, and what the model answers, in text and numbers, before anybody judges it.
 *
 * Five kinds of question are enough for every task of the three papers. Answers hold all that a judge may want, so that a log
 * of them can be judged again without the model.
 */
import { type ChoiceAnswer, type ChoiceQuestion, choice } from './kinds/choice.js';
import { type ContextAnswer, type ContextQuestion, context } from './kinds/context.js';
import { type ContinuationAnswer, type ContinuationQuestion, continuation } from './kinds/continuation.js';
import type { Kind } from './kinds/kind.js';
import { type TextAnswer, type TextQuestion, text } from './kinds/text.js';
import { type WritingAnswer, type WritingQuestion, writing } from './kinds/writing.js';

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

const kinds: { readonly [K in QuestionKind]: Kind<QuestionOf<K>, AnswerOf<K>> } = {
  choice,
  context,
  continuation,
  writing,
  text,
};

/** How questions of a kind are asked. */
export function kindOf<K extends QuestionKind>(kind: K): Kind<QuestionOf<K>, AnswerOf<K>> {
  return kinds[kind];
}
