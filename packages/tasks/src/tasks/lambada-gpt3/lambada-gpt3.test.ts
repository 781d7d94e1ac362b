import { expect, test } from 'vitest';
import { file, jsonl } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { lambadaGpt3 } from './lambada-gpt3.js';

const asked = { ...jsonl({ text: 'Ann has a cat.\n\n"Come," said Ann' }), name: 'lambada_test.jsonl' };
const shown = file('`` where is bo ? '.concat("'' asked bo\n"), 'lambada_development_plain_text.txt');

test('zero-shot goes on; with examples, a blank is filled', async () => {
  const documents = lambadaGpt3.read([asked]);
  const pool = lambadaGpt3.read([shown]);
  expect(lambadaGpt3.ask(documents[0], 0)).toEqual({
    context: 'Ann has a cat.\n\n"Come," said',
    continuation: ' Ann',
  });
  const { contexts, result } = await recorded(lambadaGpt3, documents, { pool, shots: 15 });
  expect(contexts[0]).toBe(
    'Fill in blank:\n\n"where is bo?" asked ____. -> bo\n\nFill in blank:\n\nAnn has a cat.\n\n"Come," said ____. ->',
  );
  expect(result.metrics.perplexity.value).toBeCloseTo(Math.exp(' Ann'.length), 10);
  expect(result.metrics.accuracy.value).toBe(0);
});
