import type { Task } from '../../evaluation/task.js';

/** What all tasks of SuperGLUE share. */
export const SUPER_GLUE: Pick<Task, 'paper' | 'files'> = {
  paper: 'GPT-3 section 3.7',
  files: { test: ['val.jsonl'], train: ['train.jsonl'] },
};
