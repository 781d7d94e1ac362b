import type { Task } from '../evaluation/task.js';
import { cbt } from './cbt/cbt.js';
import { gpt1Heuristics } from './gpt-1-heuristics/gpt-1-heuristics.js';
import { coqaGpt2, naturalQuestionsGpt2 } from './gpt-2-questions/gpt-2-questions.js';
import { gpt2Translation } from './gpt-2-translation/gpt-2-translation.js';
import { gpt3Tasks } from './gpt-3.js';
import { lambadaTasks } from './lambada/lambada.js';
import { languageModelling } from './language-modelling/language-modelling.js';
import { summarization } from './summarization/cnn-dailymail.js';
import { winograd } from './winograd/winograd.js';

/** Every task, in the order of the papers. */
export const tasks: readonly Task[] = [
  ...gpt1Heuristics,
  ...languageModelling,
  ...cbt,
  ...lambadaTasks,
  ...winograd,
  coqaGpt2,
  ...summarization,
  ...gpt2Translation,
  naturalQuestionsGpt2,
  ...gpt3Tasks,
];
