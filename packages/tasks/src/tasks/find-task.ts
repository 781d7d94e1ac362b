import { InvalidArgumentError } from '@gpt-ts/core';
import type { Task } from '../evaluation/task.js';
import { nearest } from '../own/nearest.js';
import { tasks } from './tasks.js';

/**
 * The task of that name.
 *
 * @throws InvalidArgumentError with the likeliest name when there is none.
 */
export function findTask(name: string): Task {
  const task = tasks.find((each) => each.name === name);
  if (task !== undefined) return task;
  const names = tasks.map((each) => each.name);
  throw new InvalidArgumentError({
    argument: 'task',
    expected: 'the name of a task',
    received: name,
    hint: `Did you mean ${nearest(name, names)}?`,
  });
}
