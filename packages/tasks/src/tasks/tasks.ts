import type { Task } from '../evaluation/task.js';

/** Every task, in the order of the papers. */
export const tasks: readonly Task[] = [];
