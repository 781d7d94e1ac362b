/** GPT-3's tasks on real files: every document is asked, shown and judged. */
import { describe, expect } from 'vitest';
import type { AnswerOf, QuestionKind } from '../src/evaluation/question.js';
import type { Task, TaskDocument } from '../src/evaluation/task.js';
import { findTask } from '../src/tasks/find-task.js';
import { gpt3Tasks } from '../src/tasks/gpt-3.js';
import { readData, testWithData } from './support/shared-data.js';

const synthetic = gpt3Tasks.flatMap(({ paper, files }): [string, string, number][] => {
  const [, section] = /3\.9\.([12])/.exec(paper) ?? [];
  if (section === undefined) return [];
  const name = gpt3Tasks.find((task) => task.files === files)!.name;
  const file = `eval-gpt3-synthetic/${files.test[0]}`;
  return section === '1' ? [[name, file, 1000]] : [[name, `${file}.gz`, 2000]];
});
const flores = ['eng', 'fra', 'deu', 'ron'].map((code) => `eval-translation/${code}_Latn.dev`);
const few = (set: string) => `eval-superglue-few/${set}/train.jsonl`;
const samples = 'format-samples';

/** Files and the documents in them, as the tests of their readers count. */
const sets: [task: string, files: string | string[], documents: number][] = [
  ['lambada-gpt3', 'eval-lambada/lambada_test.head.jsonl', 300],
  ['lambada-gpt3', 'eval-lambada/lambada_development_plain_text.txt', 2500],
  ['hellaswag', 'eval-hellaswag/hellaswag_val.head.jsonl', 1300],
  ['natural-questions', 'eval-closed-book-qa/NQ-open.efficientqa.dev.1.1.jsonl', 1800],
  ['web-questions', 'eval-closed-book-qa/webquestions.val.json', 755],
  ['web-questions', 'eval-closed-book-qa/webquestions.devtest.json', 189],
  ['triviaqa', 'eval-closed-book-qa/triviaqa-sample/wikipedia-train.json', 4],
  ['triviaqa', 'eval-closed-book-qa/triviaqa-sample/web-train.json', 3],
  ...(['fr', 'de', 'ro'] as const).flatMap((code, i): [string, string[], number][] => [
    [`en-${code}`, [flores[0], flores[i + 1]], 997],
    [`${code}-en`, [flores[0], flores[i + 1]], 997],
  ]),
  ['winograd-gpt3', 'eval-winograd/WSCollection.head.xml', 136],
  ['winogrande', 'eval-winogrande/train.head.jsonl', 3000],
  ['piqa', 'eval-piqa/train.head.jsonl', 1500],
  ['arc-easy', 'eval-arc/ARC-Easy-Dev.jsonl', 570],
  ['arc-challenge', 'eval-arc/ARC-Challenge-Dev.jsonl', 299],
  ['openbookqa', 'eval-openbookqa/dev.jsonl', 500],
  ['coqa', `${samples}/coqa/coqa-dev-v1.0.json`, 12],
  ['coqa', `${samples}/coqa/coqa-train-v1.0.json`, 20],
  ['quac', `${samples}/quac/val_v0.2.json`, 41],
  ['drop', `${samples}/drop/drop_dataset/drop_dataset_train.json`, 5],
  ['drop', `${samples}/drop/drop_dataset/drop_dataset_dev.json`, 2],
  ['squad-v2', `${samples}/squad_v2/dev-v2.0.json`, 2],
  ['squad-v2', 'eval-squad/xquad.en.json', 1190],
  ['race-h', `${samples}/race/RACE/test/high/98.txt`, 5],
  ['race-m', 'ft-race-like/expmrc-race-dev.json', 560],
  ['boolq', 'eval-boolq/train.head.jsonl', 1000],
  ['cb', few('CB'), 32],
  ['copa', few('COPA'), 32],
  ['rte', few('RTE'), 32],
  ['wic', few('WiC'), 32],
  ['wsc', few('WSC'), 32],
  ['multirc', few('MultiRC'), 154],
  ['record', few('ReCoRD'), 32],
  ...[1, 2, 3].map((round): [string, string, number] => [
    `anli-r${round}`,
    `${samples}/anli/anli_v0.1/R${round}/dev.jsonl`,
    3,
  ]),
  ...synthetic,
  ['winogender', 'eval-winogender/all_sentences.tsv', 720],
];

describe.each(sets)('%s: %s', (name, files, count) => {
  const paths = [files].flat();
  testWithData(`asks, shows and judges ${count}`, paths, () => {
    const task = findTask(name);
    const documents = task.read(paths.map(readData));
    expect(documents.length).toBe(count);
    for (const document of documents) {
      for (const k of [0, 2]) for (const text of textsOf(task.ask(document, k))) assertFit(text, document);
      const shot = task.inContext?.shot(document);
      if (shot === undefined) continue;
      assertFit([shot.context, shot.completion], document);
      if (name === 'multirc') continue; // shows all answers at once
      const asked = textsOf(task.ask(document, 2));
      if (task.kind === 'writing') expect(shot.context).toBe(asked[0][0]);
      else expect(asked).toContainEqual([shot.context, shot.completion]);
    }
    const perfect = documents.flatMap((document) => {
      const answer = rightAnswer(task, document);
      return answer === undefined ? [] : [task.judge(document, answer)];
    });
    expect(perfect.length).toBeGreaterThan(0);
    for (const [metric, { of, unit, counted }] of Object.entries(task.metrics)) {
      if (metric === 'f1' && name === 'coqa') continue; // 1 only where people agree
      expect([metric, of(counted?.(perfect) ?? perfect)]).toEqual([
        metric,
        expect.closeTo(unit === 'score' ? 100 : 1, 9),
      ]);
    }
  });
});

/** Pairs of a context and what comes after it, of any kind of question. */
function textsOf(question: object): [string, string][] {
  const { context, choices, contexts, continuation } = question as {
    context: string;
    choices?: string[];
    contexts?: string[];
    continuation?: string;
  };
  if (choices) return choices.map((choice) => [context, choice]);
  if (contexts) return contexts.map((each) => [each, continuation!]);
  return [[context, continuation ?? ' x']];
}

/** Nothing is missing, and one space or line end, or a sign of punctuation, joins the two. */
function assertFit([context, completion]: [string, string], document: TaskDocument): void {
  const missing = /undefined|\[object|NaN/; // some texts say so themselves
  if (!missing.test(JSON.stringify(document))) expect(context + completion).not.toMatch(missing);
  expect(completion.trim()).not.toBe('');
  expect(context).not.toMatch(/[ \t]$/);
  expect(completion).not.toMatch(/^\s\s/);
  expect(`${context.at(-1)}${completion.slice(0, 2)}`).toMatch(/^\n\S|^\S \S|^\S[^\w\s]/);
}

/** What a perfect model answers; nothing where its answer cannot be known, or DROP wants several spans. */
function rightAnswer(task: Task, document: TaskDocument): AnswerOf<QuestionKind> | undefined {
  const { label, answers, options, spans } = document as unknown as Record<string, never> & {
    label?: number;
    answers?: string[];
    options?: string[];
    spans?: string[][];
  };
  if (task.kind === 'writing') {
    if (spans?.every((each) => each.length > 1)) return undefined;
    const text = task.inContext!.shot(document)?.completion;
    return text === undefined ? undefined : { text: `${text} ` };
  }
  if (task.kind === 'continuation') return { logProb: 0, tokens: 1, isGreedy: true };
  const gold = label ?? options!.indexOf(answers![0]);
  const count = textsOf(task.ask(document, 0)).length;
  return {
    logProbs: Array.from({ length: count }, (_, i) => (i === gold ? -1 : -2)),
    tokens: new Array<number>(count).fill(1),
    unconditional: new Array<number>(count).fill(-1),
  };
}
