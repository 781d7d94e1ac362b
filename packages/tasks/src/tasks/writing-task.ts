/** Answers in free words, as GPT-3 writes them. */
import type { Decoding } from '@gpt-ts/core';
import type { WritingQuestion } from '../evaluation/kinds/writing.js';
import type { InContext, Outcome, Task, TaskDocument } from '../evaluation/task.js';

/** How GPT-3 writes answers in free words (section 2.4). */
export const FREE_FORM: Decoding = { kind: 'beam', width: 4, lengthPenalty: 0.6 };

/** What sets such tasks apart. */
export interface WritingTaskOptions<D extends TaskDocument>
  extends Pick<
    Task<'writing', D>,
    'name' | 'version' | 'title' | 'paper' | 'files' | 'read' | 'metrics' | 'published'
  > {
  /** What the model is to continue, behind `k` examples. */
  ask(document: D, k: number): string;
  /** How it is to write. */
  writing: Omit<WritingQuestion, 'context'>;
  /** The answer that an example shows, with its leading space; none where a document cannot be shown. */
  completion(document: D): string | undefined;
  judge(document: D, text: string): Outcome;
  inContext: Omit<InContext<D>, 'shot'>;
}

/** The task; the text is judged without the white space around it. */
export function writingTask<D extends TaskDocument>(options: WritingTaskOptions<D>): Task<'writing', D> {
  const { ask, writing, completion, judge, inContext, ...rest } = options;
  return {
    ...rest,
    kind: 'writing',
    ask: (document, k) => ({ context: ask(document, k), ...writing }),
    inContext: {
      ...inContext,
      shot: (document) => {
        const answer = completion(document);
        return answer === undefined ? undefined : { context: ask(document, 1), completion: answer };
      },
    },
    judge: (document, { text }) => judge(document, text.trim()),
  };
}
