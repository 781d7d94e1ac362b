/** What a task gives: a row of a plain form, and the same as text that occurs in documents. */
import type { Page } from '../page.js';

/** Names of the tasks. */
export type TaskName =
  | 'sentiment'
  | 'entailment'
  | 'paraphrase'
  | 'cloze'
  | 'questions'
  | 'summary'
  | 'translation';

/** A context and what should follow. `context + completion` is a document. */
export interface Prompt {
  context: string;
  /** Begins with the space or line end that belongs to it. */
  completion: string;
  /** What else could follow, in a fixed order, the completion among it; where one can choose. */
  choices?: string[];
}

/** One example of a task. */
export interface TaskExample {
  task: TaskName;
  /** The columns of the task's plain form; see `gpt finetune`. */
  row: Record<string, string>;
  prompt: Prompt;
}

/**
 * The prompt of a page whose last sentence is the completion.
 *
 * @param others - All that could stand for the last sentence: the texts after its joint, as {@link Page.piece} gives them.
 */
export function promptOf(page: Page, choices?: readonly string[]): Prompt {
  const last = page.length - 1;
  const whole = page.finish();
  const completion = page.piece(last);
  const context = whole.slice(0, whole.length - completion.length);
  return choices === undefined ? { context, completion } : { context, completion, choices: [...choices] };
}
