import { describe, expect, test } from 'vitest';
import { WORLD_TASKS, worldExample } from './tasks.js';

const COLUMNS: Record<string, string[]> = {
  sentiment: ['text', 'label'],
  entailment: ['premise', 'hypothesis', 'label'],
  paraphrase: ['a', 'b', 'label'],
  cloze: ['context', 'optionA', 'optionB', 'label'],
  questions: ['context', 'question', 'optionA', 'optionB', 'optionC', 'optionD', 'label'],
  summary: ['text', 'summary'],
  translation: ['source', 'target', 'to'],
};

describe.each(WORLD_TASKS)('%s', { timeout: 60_000 }, (task) => {
  const examples = Array.from({ length: 300 }, (_, index) =>
    worldExample(task, { seed: 4, index, split: 'train' }),
  );

  test('has the columns of its plain form, none of them empty', () => {
    for (const { row } of examples) {
      expect(Object.keys(row)).toEqual(COLUMNS[task]);
      for (const value of Object.values(row)) expect(value).toMatch(/^[^\s{}^|]([^{}^|]*[^\s{}^|])?$/);
    }
  });

  test('rows stand in their documents', () => {
    for (const { row, prompt } of examples) {
      const text = prompt.context + prompt.completion;
      const parts = [row.text, row.premise, row.a, row.b, row.context, row.question, row.source].filter(
        (part) => part !== undefined,
      );
      for (const part of parts) expect(text).toContain(part);
      expect(prompt.completion).toMatch(/^\s/);
      expect(prompt.context).not.toMatch(/\s$/);
    }
  });

  test('the completion is one of the choices, all different', () => {
    for (const { prompt } of examples) {
      if (prompt.choices === undefined) continue;
      expect(prompt.choices).toContain(prompt.completion);
      expect(new Set(prompt.choices).size).toBe(prompt.choices.length);
    }
  });

  test('examples differ, and labels are balanced', () => {
    expect(new Set(examples.map(({ row }) => JSON.stringify(row))).size).toBeGreaterThan(297);
    const labels = examples.map(({ row }) => row.label).filter((label) => label !== undefined);
    const different = new Set(labels);
    for (const label of different) {
      const share = labels.filter((each) => each === label).length / labels.length;
      expect(Math.abs(share - 1 / different.size)).toBeLessThan(0.145); // five standard deviations
    }
  });

  test('an example is the same each time', () => {
    expect(worldExample(task, { seed: 4, index: 3, split: 'train' })).toEqual(examples[3]);
    expect(worldExample(task, { seed: 4, index: 3, split: 'validation' }).row).not.toEqual(examples[3].row);
  });
});

test('refuses a task that is none', () => {
  expect(() => worldExample('riddles' as never, { seed: 0, index: 0, split: 'train' })).toThrow(
    'task must be one of sentiment, entailment, paraphrase, cloze, questions, summary, translation, got "riddles".',
  );
});

test('three examples are kept word for word', () => {
  const at = { seed: 0, index: 0, split: 'test' } as const;
  expect(worldExample('sentiment', at).row).toMatchInlineSnapshot(`
    {
      "label": "negative",
      "text": "Zoe still had a leather bag. Zoe still had a small woollen scarf. Leo saw Clara and Zoe at the market. One fine day, he asked Zoe, "May I have the bag?" Soon Clara asked Zoe for the scarf. Next, Clara got the scarf from Zoe. "No, you may not have the bag," Zoe said to Leo. And how did Leo feel after that?",
    }
  `);
  expect(worldExample('entailment', at).row).toMatchInlineSnapshot(`
    {
      "hypothesis": "Hanna lived near the farm.",
      "label": "entailed",
      "premise": "Ralph's house was close to the river. Hanna had just turned seven last spring. Hanna lived near the farm. Hanna liked cherries most. Ralph proudly owned a yellow kite. Hanna had a big new hat. Hanna and Ralph were already in the meadow. One sunny afternoon, Ralph was asked by Hanna for the kite. Hanna gathered five berries in the meadow. Hanna marched to the station.",
    }
  `);
  expect(worldExample('translation', at).row).toMatchInlineSnapshot(`
    {
      "source": "The pig held the ball.",
      "target": "Koraz vosimom mapivun.",
      "to": "Botunish",
    }
  `);
});
