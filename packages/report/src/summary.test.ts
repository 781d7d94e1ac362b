import { expect, test } from 'vitest';
import { readLog } from './read-log.js';
import { bestEvaluation, summaryOf } from './summary.js';

const LOG = `
{"type":"train-start","step":0,"maxSteps":3,"parameters":99,"plan":{}}
{"type":"eval-end","step":0,"loss":5,"count":8,"best":true,"elapsedMs":500}
{"type":"step-end","step":1,"loss":4,"tokens":100,"elapsedMs":1000,"ceilingShare":0.5,"memoryBytes":10}
{"type":"step-end","step":2,"loss":2,"tokens":100,"elapsedMs":1000,"ceilingShare":0.7,"memoryBytes":30}
{"type":"eval-end","step":2,"loss":3,"count":8,"best":true,"elapsedMs":500}
{"type":"warning","step":2,"kind":"plateau","message":"Slow."}
{"type":"step-end","step":3,"loss":3,"tokens":100,"elapsedMs":1000,"memoryBytes":20}
{"type":"eval-end","step":3,"loss":3,"count":8,"best":false,"elapsedMs":500}
{"type":"checkpoint-end","step":3,"file":"a"}
{"type":"train-end","step":3,"reason":"done"}
`;

test('a run in a few numbers', () => {
  const run = readLog(LOG);
  const summary = summaryOf(run);
  expect(summary).toEqual({
    steps: 3,
    maxSteps: 3,
    parameters: 99,
    ended: 'done',
    sittings: 1,
    training: { first: { step: 1, loss: 4 }, last: { step: 3, loss: 3 }, best: { step: 2, loss: 2 } },
    validation: { first: { step: 0, loss: 5 }, last: { step: 3, loss: 3 }, best: { step: 2, loss: 3 } },
    tokens: 300,
    seconds: 4.5,
    tokensPerSecond: 100,
    ceilingShare: 0.6,
    peakMemoryBytes: 30,
    checkpoints: 1,
    warnings: [{ step: 2, kind: 'plateau', message: 'Slow.' }],
  });
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  expect(bestEvaluation(run)?.step).toBe(2);
});

test('a run that has not begun', () => {
  expect(JSON.parse(JSON.stringify(summaryOf(readLog(''))))).toEqual({
    ...{ steps: 0, tokens: 0, seconds: 0, checkpoints: 0, warnings: [] },
  });
});
