import { expect, test } from 'vitest';
import { jsonl } from '../../../test/support/files.js';
import { anliTasks } from './anli.js';

test('three rounds, each with its number', () => {
  const row = (label: string) => ({ context: 'It rains. ', hypothesis: 'It is dry.', label });
  expect(anliTasks.map(({ name }) => name)).toEqual(['anli-r1', 'anli-r2', 'anli-r3']);
  const [, second] = anliTasks;
  const documents = second.read([jsonl(row('e'), row('n'), row('c'))]);
  const context = 'anli 2: anli 2: It rains.\nQuestion: It is dry. True, False, or Neither?';
  expect(documents.map((document) => second.inContext!.shot(document))).toEqual(
    [' True', ' Neither', ' False'].map((completion) => ({ context, completion })),
  );
  expect(second.ask(documents[0], 0).context).toBe(context);
});
