/** Multiple choice as most tasks have it: each document asks one question, and one choice is right. */
import { type ChoiceRule, choiceMetrics, judgeChoice } from '../evaluation/judge.js';
import type { ChoiceQuestion } from '../evaluation/kinds/choice.js';
import { meanOf } from '../evaluation/metric.js';
import type { InContext, Metric, Task, TaskDocument } from '../evaluation/task.js';

/** A document whose right choice is the `label`-th. */
export interface LabelledDocument extends TaskDocument {
  readonly label: number;
}

/** What sets such tasks apart. */
export interface ChoiceTaskOptions<D extends LabelledDocument>
  extends Pick<Task<'choice', D>, 'name' | 'version' | 'title' | 'paper' | 'files' | 'read' | 'published'> {
  ask(document: D): ChoiceQuestion;
  /** Default: as in {@link judgeChoice}. */
  rule?: ChoiceRule;
  inContext: Omit<InContext<D>, 'shot'>;
  /** Figures beside accuracy. */
  metrics?: Readonly<Record<string, Metric>>;
}

/** The task; a document is shown solved with its right choice. */
export function choiceTask<D extends LabelledDocument>(options: ChoiceTaskOptions<D>): Task<'choice', D> {
  const { ask, rule, inContext, metrics, ...rest } = options;
  return {
    ...rest,
    kind: 'choice',
    ask,
    inContext: {
      ...inContext,
      shot: (document) => {
        const { context, choices } = ask(document);
        return { context, completion: choices[document.label] };
      },
    },
    judge: (document, answer) => judgeChoice(answer, document.label, rule),
    metrics: {
      ...choiceMetrics,
      ...(rule === 'relative' && { 'accuracy, relative': meanOf('relative') }),
      ...metrics,
    },
  };
}
