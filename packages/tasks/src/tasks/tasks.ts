import type { Task } from '../evaluation/task.js';
import { gpt3Tasks } from './gpt-3.js';

/** Every task, in the order of the papers. */
export const tasks: readonly Task[] = [...gpt3Tasks];
