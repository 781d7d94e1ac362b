import { InvalidArgumentError, type LanguageModel } from '@gpt-ts/core';
import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { pieces } from '../../test/toy-codecs.js';
import { UnanswerableError } from './errors/unanswerable-error.js';
import { type EvaluateOptions, evaluate, type SampleRecord } from './evaluate.js';
import { choiceMetrics, judgeChoice, judgeContext } from './judge.js';
import { meanOf, perplexityOf } from './metric.js';
import type { QuestionKind, QuestionOf } from './question.js';
import { rescore } from './rescore.js';
import type { EvaluationResult } from './summarise.js';
import type { Outcome, Task, TaskDocument } from './task.js';

// Ids: 0 end of text, 1 Q, 2 A, 3 ' y', 4 'es', 5 ' no', 6 '?', 7 '\n'; 8 ' yes?' spans joins
const codec = { ...pieces(['<eot>', 'Q', 'A', ' y', 'es', ' no', '?', '\n', 's?']), eotId: 0 };
const table: Record<number, number[]> = {
  0: [0.1, 0.3, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, 0], // after the end of another text
  1: [0, 0.1, 0.1, 0.3, 0.1, 0.3, 0.05, 0.05, 0], // after Q
  2: [0, 0.1, 0.1, 0.2, 0.0, 0.5, 0.05, 0.05, 0], // after A
  3: [0, 0.0, 0.1, 0.0, 0.8, 0.0, 0.05, 0.05, 0], // after ' y'
};
const flat = new Array<number>(9).fill(1 / 9);
const model = dummyLanguageModel({
  nVocab: 9,
  nCtx: 12,
  probability: (next, context) => (table[context.at(-1)!] ?? flat)[next],
});
const { log } = Math;

interface Doc<K extends QuestionKind> extends TaskDocument {
  asks: QuestionOf<K>;
  gold: number;
}
const docs = <K extends QuestionKind>(...asked: [QuestionOf<K>, number][]): Doc<K>[] =>
  asked.map(([asks, gold], i) => ({ asks, gold, source: { file: 'made-up', row: i + 1 } }));

function taskOf<K extends QuestionKind>(kind: K, parts: Partial<Task<K, Doc<K>>>): Task<K, Doc<K>> {
  return {
    ...{ name: `toy-${kind}`, version: 1, title: 'a toy', paper: 'none', kind, files: { test: [] } },
    ...{ read: () => [], ask: ({ asks }) => asks, metrics: {}, published: [] },
    judge: () => ({}),
    ...parts,
  };
}

async function run<K extends QuestionKind>(
  options: Omit<EvaluateOptions<K, Doc<K>>, 'model' | 'codec'> & { model?: LanguageModel },
): Promise<{ samples: SampleRecord<K>[]; result: EvaluationResult }> {
  const samples: SampleRecord<K>[] = [];
  for await (const event of evaluate({ model, codec, ...options })) {
    if (event.type === 'eval-end') return { samples, result: event.result };
    expect(event).toMatchObject({ done: samples.push(event.sample) });
  }
  throw new Error('no result');
}

describe('answers on a model whose probabilities are known', () => {
  const choice = taskOf('choice', {
    judge: ({ gold }, answer) => judgeChoice(answer, gold),
    metrics: choiceMetrics,
  });

  test('a choice: whole, by the token, and relative to an answer context', async () => {
    const documents = docs<'choice'>([{ context: 'Q', choices: [' yes', ' no'], answerContext: 'A' }, 0]);
    const { samples, result } = await run({ task: choice, documents });
    const [{ answer, outcome }] = samples;
    expect(answer.tokens).toEqual([2, 1]);
    expect(answer.logProbs).toEqual([expect.closeTo(log(0.3 * 0.8), 12), expect.closeTo(log(0.3), 12)]);
    expect(answer.unconditional).toEqual([expect.closeTo(log(0.2 * 0.8), 12), expect.closeTo(log(0.5), 12)]);
    expect(outcome).toMatchObject({ plain: 0, lengthNormalised: 1, relative: 1, correct: 1, predicted: 0 });
    expect(result.metrics.accuracy).toEqual({ value: 1, low: 1, high: 1, unit: 'share' });
    expect(result.metrics['accuracy, plain'].value).toBe(0);
  });

  test('questions with and without an answer context, side by side', async () => {
    const documents = docs<'choice'>(
      [{ context: 'Q', choices: [' no'] }, 0],
      [{ context: 'A', choices: [' no', ' y'], answerContext: 'Q' }, 0],
      [{ context: 'A', choices: [' yes'] }, 0],
    );
    const { samples } = await run({ task: choice, documents });
    expect(samples.map(({ answer }) => answer.unconditional?.map((x) => Math.exp(x)))).toEqual([
      undefined,
      [expect.closeTo(0.3, 12), expect.closeTo(0.3, 12)],
      undefined,
    ]);
    expect(samples.map(({ answer }) => Math.exp(answer.logProbs[0]))).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.5, 12),
      expect.closeTo(0.16, 12),
    ]);
  });

  test('an empty context is the end of another text', async () => {
    const { samples } = await run({
      task: choice,
      documents: docs<'choice'>([{ context: '', choices: ['Q'] }, 0]),
    });
    expect(samples[0].answer).toEqual({ logProbs: [log(0.3)], tokens: [1] });
  });

  test('a token that spans the join counts as part of the choice', async () => {
    // ' yes' + '?' is ' y' 's?': the context alone is ' y' 'es', so the choice is 's?' after ' y'
    const spanning = dummyLanguageModel({
      nVocab: 9,
      nCtx: 12,
      probability: (next) => (next === 8 ? 0.6 : 0.05),
    });
    const joined = { ...codec, encode: (text: string) => (text === ' yes?' ? [3, 8] : codec.encode(text)) };
    const documents = docs<'choice'>([{ context: ' yes', choices: ['?'] }, 0]);
    for await (const event of evaluate({ task: choice, documents, model: spanning, codec: joined })) {
      if (event.type === 'sample-end')
        expect(event.sample.answer).toEqual({ logProbs: [log(0.6)], tokens: [1] });
    }
  });

  test('contexts: the same continuation after each', async () => {
    const task = taskOf('context', {
      judge: ({ gold }, answer) => judgeContext(answer, gold),
      metrics: { accuracy: meanOf('correct') },
    });
    const documents = docs<'context'>([{ contexts: ['Q', 'A'], continuation: ' no' }, 1]);
    const { samples, result } = await run({ task, documents });
    expect(samples[0].answer).toEqual({ logProbs: [log(0.3), log(0.5)], tokens: [1, 1] });
    expect(result.metrics.accuracy.value).toBe(1);
  });

  test('a continuation: all of it, or its last token alone', async () => {
    const task = taskOf('continuation', {
      judge: (_, { logProb, isGreedy }) => ({ nats: -logProb, right: Number(isGreedy) }),
      metrics: { accuracy: meanOf('right'), perplexity: perplexityOf('nats') },
    });
    const asks = { context: 'Q', continuation: ' yes' };
    const documents = docs<'continuation'>([asks, 0], [{ ...asks, lastTokenOnly: true }, 0]);
    const { samples, result } = await run({ task, documents });
    expect(samples.map(({ answer }) => answer)).toEqual([
      { logProb: expect.closeTo(log(0.3 * 0.8), 12), tokens: 2, isGreedy: true },
      { logProb: log(0.8), tokens: 1, isGreedy: true },
    ]);
    expect(result.metrics.perplexity.value).toBeCloseTo(1 / Math.sqrt(0.24 * 0.8), 12);
  });

  test('writing: greedy, up to a stop string or the end of the text', async () => {
    const task = taskOf('writing', {});
    // after A: ' no', then (flat) the lowest id, the end of the text; after Q: ' y', 'es'
    const documents = docs<'writing'>(
      [{ context: 'A', maxNewTokens: 5 }, 0],
      [{ context: 'Q', maxNewTokens: 2 }, 0],
    );
    const { samples } = await run({ task, documents });
    expect(samples.map(({ answer }) => answer)).toEqual([{ text: ' no' }, { text: ' yes' }]);
  });

  test('a text: each token once, in windows, the first after the end of another text', async () => {
    const task = taskOf('text', {});
    const text = 'QA no?Q yesQA no?Q yesQ';
    const ids = [0, ...codec.encode(text)];
    expect(ids.length).toBeGreaterThan(model.nCtx + 1);
    const nats = ids.slice(1).reduce((sum, id, i) => sum - log((table[ids[i]] ?? flat)[id]), 0); // a bigram needs no window
    for (const stride of [undefined, 1, 5]) {
      const seen: number[] = [];
      const onTokens = (scored: number) => seen.push(scored);
      const { samples } = await run({ task, documents: docs<'text'>([{ text }, 0]), stride, onTokens });
      expect(samples[0].answer).toEqual({ nats: expect.closeTo(nats, 10), tokens: ids.length - 1 });
      expect(seen.at(-1)).toBe(ids.length - 1);
    }
  });
});

describe('prompts', () => {
  const task = taskOf('choice', {
    judge: ({ gold }, answer) => judgeChoice(answer, gold),
    metrics: choiceMetrics,
    inContext: {
      shot: ({ asks, gold }) => ({ context: asks.context, completion: asks.choices[gold] }),
      delimiter: '\n',
    },
  });
  const documents = docs<'choice'>(
    ...Array.from({ length: 7 }, (_, i): [QuestionOf<'choice'>, number] => [
      { context: i % 2 ? 'Q' : 'A', choices: [' yes', ' no'] },
      i % 2,
    ]),
  );

  test('show K examples, never the item itself, and fewer where the context is full', async () => {
    const { samples, result } = await run({ task, documents, shots: 3 });
    for (const { index, shots, truncated } of samples) {
      expect(shots).not.toContain(index);
      expect(new Set(shots).size).toBe(shots.length);
      expect(truncated).toBe(false);
    }
    // 12 tokens hold the item's 3 and two examples, of 3 or 4 each
    expect(result.shots).toEqual({ asked: 3, least: 2, mean: 2 });
  });

  test('depend on the seed and the number of the item alone', async () => {
    const all = await run({ task, documents, shots: 2 });
    const one = await run({ task, documents, shots: 2, batchSize: 1 });
    const some = await run({ task, documents, shots: 2, limit: 3 });
    expect(one).toEqual(all);
    expect(some.samples).toEqual(all.samples.slice(0, 3));
    const other = await run({ task, documents, shots: 2, seed: 1 });
    expect(other.samples.map(({ shots }) => shots)).not.toEqual(all.samples.map(({ shots }) => shots));
  });

  test('are drawn from a pool where there is one, and may be the same for all', async () => {
    const pool = documents.slice(0, 2);
    const { samples } = await run({ task, documents, pool, shots: 2 });
    for (const { shots } of samples) expect(shots.toSorted()).toEqual([0, 1]);
    const same = { ...task, inContext: { ...task.inContext!, sameForAll: true } };
    const fixed = await run({ task: same, documents: documents.slice(0, 4), pool: documents, shots: 2 });
    for (const { shots } of fixed.samples) expect(shots).toEqual(fixed.samples[0].shots);
  });

  test('never show another question of the row that is asked about', async () => {
    const rows = documents.map((each, i) => ({ ...each, source: { file: 'made-up', row: i >> 1 } }));
    const seen = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      const { samples } = await run({ task, documents: rows, shots: 2, seed });
      for (const { index, shots } of samples) {
        expect(shots.map((i) => i >> 1)).not.toContain(index >> 1);
        for (const i of shots) seen.add(i);
      }
    }
    expect(seen.size).toBe(7);
    const { samples } = await run({ task, documents: rows, pool: rows.slice(0, 2), shots: 2 });
    expect(samples[0].shots.toSorted()).toEqual([0, 1]); // a pool of its own is another file
  });

  test('show the documents alone that can be shown, by their numbers', async () => {
    const shot = (document: Doc<'choice'>) =>
      document.gold === 1 ? task.inContext!.shot(document) : undefined;
    const some = { ...task, inContext: { ...task.inContext!, shot } };
    const { samples } = await run({ task: some, documents, shots: 2 });
    for (const { index, shots } of samples) {
      expect(shots.length).toBe(2);
      for (const i of shots) expect([1, 3, 5].filter((each) => each !== index)).toContain(i);
    }
  });

  test('longer than the context are asked by their end, which is told', async () => {
    const long = docs<'choice'>([{ context: 'QQQQQQQQQQQQQQA', choices: [' no'] }, 0]);
    const { samples, result } = await run({ task, documents: long });
    expect(samples[0]).toMatchObject({ truncated: true, answer: { logProbs: [log(0.5)] } });
    expect(result.truncated).toBe(1);
  });
});

describe('an evaluation', () => {
  const task = taskOf('choice', {
    judge: ({ gold }, answer) => judgeChoice(answer, gold),
    metrics: choiceMetrics,
  });
  const documents = docs<'choice'>(
    [{ context: 'Q', choices: [' yes', ' no'] }, 0],
    [{ context: 'A', choices: [' yes', ' no'] }, 0],
    [{ context: 'A', choices: [' yes', ' no'] }, 1],
  );

  test('goes on with the answers that are there, and asks only for the others', async () => {
    const whole = await run({ task, documents });
    const answered = new Map(whole.samples.slice(1).map((sample) => [sample.index, sample]));
    let asked = 0;
    const counting: LanguageModel = {
      ...model,
      logLikelihood: (requests) => {
        asked += requests.length;
        return model.logLikelihood(requests);
      },
    };
    const rest = await run({ task, documents, answered, model: counting });
    expect(asked).toBe(2);
    expect(rest.result).toEqual(whole.result);
  });

  test('counts what a metric counts, and has no figure where that is nothing', async () => {
    const rightOnes = (gold: number) => ({
      ...meanOf('correct'),
      counted: (outcomes: readonly Outcome[]) => outcomes.filter((each) => each.gold === gold),
    });
    const metrics = { all: meanOf('correct'), ones: rightOnes(1), twos: rightOnes(2) };
    const { result } = await run({ task: { ...task, metrics }, documents });
    expect(result.metrics.all.value).toBeCloseTo(2 / 3, 12);
    expect(result.metrics.ones).toEqual({ value: 1, low: 1, high: 1, unit: 'share' });
    expect(Object.keys(result.metrics)).toEqual(['all', 'ones']);
  });

  test('draws for an item whatever else is asked with it', async () => {
    const writing = taskOf('writing', {});
    const asks = { context: '?', maxNewTokens: 6, decoding: { kind: 'sample', topK: 9, seed: 0 } } as const;
    const items = docs<'writing'>([asks, 0], [asks, 0], [asks, 0]);
    const whole = await run({ task: writing, documents: items });
    expect(new Set(whole.samples.map(({ answer }) => answer.text)).size).toBe(3);
    const answered = new Map([[0, whole.samples[0]]]);
    expect((await run({ task: writing, documents: items, answered })).samples).toEqual(whole.samples);
    expect(await run({ task: writing, documents: items, batchSize: 1 })).toEqual(whole);
  });

  test('is judged again from its records, by another rule', async () => {
    const { samples, result } = await run({ task, documents });
    const logged = JSON.parse(JSON.stringify(samples)).reverse();
    const setup = { shots: 0, seed: 0 };
    expect(rescore(task, documents, logged, setup)).toEqual(result);
    const plain = { ...task, judge: (d: Doc<'choice'>, a: never) => judgeChoice(a, d.gold, 'plain') };
    expect(rescore(plain, documents, logged, setup).metrics.accuracy.value).toBe(
      result.metrics['accuracy, plain'].value,
    );
    expect(() => rescore(task, documents.slice(0, 1), logged, setup)).toThrow(InvalidArgumentError);
  });

  test('stops between two calls', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const stopping = async () => {
      const { signal } = controller;
      for await (const event of evaluate({ task, documents, model, codec, batchSize: 1, signal })) {
        if (event.type === 'sample-end') seen.push(event.sample.index);
        controller.abort(new Error('enough'));
      }
    };
    await expect(stopping()).rejects.toThrow('enough');
    expect(seen).toEqual([0]);
  });

  test('names the item that cannot be asked', async () => {
    const tooLong = docs<'choice'>(
      [{ context: 'Q', choices: [' no'] }, 0],
      [{ context: 'Q', choices: ['?'.repeat(13)] }, 0],
    );
    const failure = run({ task, documents: tooLong });
    await expect(failure).rejects.toThrow(UnanswerableError);
    await expect(failure).rejects.toThrow('made-up: row 2: ');
  });

  test.each([
    ['nothing to ask', { documents: [] }, 'documents must be one or more'],
    [
      'examples where none are shown',
      { documents, shots: 1 },
      'shots must be 0: toy-choice shows no examples',
    ],
    ['a batch of none', { documents, batchSize: 0 }, 'batchSize must be a positive integer'],
  ])('refuses %s', async (_, options, message) => {
    await expect(run({ task, ...options })).rejects.toThrow(message);
  });
});
