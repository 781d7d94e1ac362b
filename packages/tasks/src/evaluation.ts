export { bleuMetric, bleuOutcome } from './evaluation/bleu-metric.js';
export { UnanswerableError } from './evaluation/errors/unanswerable-error.js';
export {
  type EvalEndEvent,
  type EvaluateEvent,
  type EvaluateOptions,
  evaluate,
  type SampleEndEvent,
  type SampleRecord,
} from './evaluation/evaluate.js';
export { type ChoiceRule, choiceMetrics, judgeChoice, judgeContext } from './evaluation/judge.js';
export type { ChoiceAnswer, ChoiceQuestion } from './evaluation/kinds/choice.js';
export type { ContextAnswer, ContextQuestion } from './evaluation/kinds/context.js';
export type { ContinuationAnswer, ContinuationQuestion } from './evaluation/kinds/continuation.js';
export type { TextAnswer, TextQuestion } from './evaluation/kinds/text.js';
export type { WritingAnswer, WritingQuestion } from './evaluation/kinds/writing.js';
export { meanOf, perplexityOf } from './evaluation/metric.js';
export type { AnswerOf, QuestionKind, QuestionOf } from './evaluation/question.js';
export { rescore } from './evaluation/rescore.js';
export type { EvaluationResult, Figure } from './evaluation/summarise.js';
export type { InContext, Metric, Outcome, Published, Task, TaskDocument } from './evaluation/task.js';
export { findTask } from './tasks/find-task.js';
export { tasks } from './tasks/tasks.js';
