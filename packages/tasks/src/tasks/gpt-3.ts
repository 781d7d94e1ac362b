/** What GPT-3 was measured on, in the order of its paper. */
import type { Task } from '../evaluation/task.js';
import { anliTasks } from './anli/anli.js';
import { naturalQuestions, triviaqa, webQuestions } from './closed-book/closed-book.js';
import { hellaswag, piqa, storyCloze } from './commonsense/completion.js';
import { winogradGpt3, winogrande } from './commonsense/coreference.js';
import { arcChallenge, arcEasy, openbookqa } from './commonsense/science.js';
import { lambadaGpt3 } from './lambada-gpt3/lambada-gpt3.js';
import { raceHigh, raceMiddle } from './reading/race.js';
import { coqa, drop, quac, squadV2 } from './reading/spans.js';
import { multirc } from './super-glue/multirc.js';
import { boolq, cb, copa, rte, wic } from './super-glue/pairs.js';
import { record } from './super-glue/record.js';
import { wsc } from './super-glue/wsc.js';
import { syntheticTasks } from './synthetic/synthetic.js';
import { translationTasks } from './translation/translation.js';
import { winogender } from './winogender/winogender.js';

export const gpt3Tasks: readonly Task[] = [
  ...[lambadaGpt3, hellaswag, storyCloze],
  ...[naturalQuestions, webQuestions, triviaqa],
  ...translationTasks,
  ...[winogradGpt3, winogrande],
  ...[piqa, arcEasy, arcChallenge, openbookqa],
  ...[coqa, quac, drop, squadV2, raceMiddle, raceHigh],
  ...[boolq, cb, copa, rte, wic, wsc, multirc, record],
  ...anliTasks,
  ...syntheticTasks,
  winogender,
];
