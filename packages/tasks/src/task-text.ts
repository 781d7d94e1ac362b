/**
 * A task, its input and its output as one text, so that one model of text is a model of p(output | input, task): nothing but what it
 * reads says which task it does.
 *
 * @see Radford et al. 2019 (GPT-2) section 2, after McCann et al. 2018.
 */
import type { Shot } from './few-shot-prompt.js';

/** What is to be done, to what, and what comes out: `translate to french`, an English text, a French text. */
export interface TaskRecord<I = string | readonly string[]> {
  readonly task: string;
  /** One text, or several in order: a document and a question about it. */
  readonly input: I;
  readonly output: string;
}

/** How a task is written. */
export interface TaskTemplate<I = string | readonly string[]> {
  /** The text before the output. It ends in no white space. */
  prompt(task: string, input: I): string;
  /** Between the prompt and the output, as part of the latter. */
  readonly separator: string;
}

/** The paper's sequence, a line each: the task in words, the input, the output. */
export const inLines: TaskTemplate = {
  prompt: (task, input) => [task, ...[input].flat()].join('\n'),
  separator: '\n',
};

/** `english sentence = french sentence` (GPT-2 section 3.7). The task is not said: examples show it. */
export const asEquation: TaskTemplate<string> = {
  prompt: (_, sentence) => `${sentence} =`,
  separator: ' ',
};

/** An article and its `TL;DR:` (GPT-2 section 3.6). */
export const asTldr: TaskTemplate<string> = {
  prompt: (_, article) => `${article}\nTL;DR:`,
  separator: ' ',
};

/** A document, if there is one, then `Q:` and `A:`, as often as there are texts; the last question is the one to answer (section 3.5). */
export const asQuestion: TaskTemplate<readonly string[]> = {
  prompt: (_, [document, ...turns]) => {
    const lines = turns.map((text, i) => `${i % 2 === 0 ? 'Q' : 'A'}: ${text}`);
    const asked = [...lines, 'A:'].join('\n');
    return document === '' ? asked : `${document}\n\n${asked}`;
  },
  separator: ' ',
};

/**
 * The text to train on, or to show as an example.
 *
 * @example
 * taskText({ task: 'translate to french', input: 'Good morning.', output: 'Bonjour.' });
 * // => 'translate to french\nGood morning.\nBonjour.'
 * taskText({ task: 'answer the question', input: ['Ann has a cat.', 'Who has a cat?'], output: 'Ann' });
 * // => 'answer the question\nAnn has a cat.\nWho has a cat?\nAnn'
 */
export function taskText<I extends string | readonly string[]>(
  record: TaskRecord<I>,
  template: TaskTemplate<I> = inLines,
): string {
  return taskPrompt(record, template) + template.separator + record.output;
}

/**
 * The beginning of {@link taskText} up to the output: what a model that is asked for the output continues.
 *
 * @example
 * taskPrompt({ task: 'summarize', input: 'Long ago ...' }, asTldr); // => 'Long ago ...\nTL;DR:'
 */
export function taskPrompt<I extends string | readonly string[]>(
  { task, input }: Omit<TaskRecord<I>, 'output'>,
  template: TaskTemplate<I> = inLines,
): string {
  return template.prompt(task, input);
}

/** A record as an example of a few-shot prompt: {@link taskText} in its two parts. */
export function taskShot<I extends string | readonly string[]>(
  record: TaskRecord<I>,
  template: TaskTemplate<I> = inLines,
): Shot {
  return { context: taskPrompt(record, template), completion: template.separator + record.output };
}
