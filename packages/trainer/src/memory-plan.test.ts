import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { GptError } from '@gpt-ts/core';
import { gptConfig, preset } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import { MemoryPlanError } from './errors/memory-plan-error.js';
import { checkMemory, describePlan, largestBatch, memoryPlan } from './memory-plan.js';
import { recipes } from './recipes/recipes.js';

const gpt2 = gptConfig({ nVocab: 50257, ...preset('gpt2').config });
const GIB = 2 ** 30;
const refusal = (...args: Parameters<typeof checkMemory>): MemoryPlanError => {
  try {
    checkMemory(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(MemoryPlanError);
    return error as MemoryPlanError;
  }
  throw new Error('it fitted');
};

describe('memoryPlan', () => {
  test('of GPT-2 in the classroom: 4 rows of 512', () => {
    expect(memoryPlan(gpt2, { batchSize: 4, seqLen: 512 }, 4 * GIB)).toEqual({
      parameters: 497_759_232, // 124,439,808 x 4
      gradients: 497_759_232,
      moments: 995_518_464,
      average: 0,
      activations: 4 * 2048 * (12 * 12_304 + 3 * 768 + 2), // 1,228,423,168
      workingSpace: 4 * (3 * 2048 * 3072 + 256 * 50257), // 126,960,640
      total: 3_346_420_736,
      limit: 4 * GIB,
    });
  });

  test('of a model small enough to count by hand', () => {
    // parameters: 5 x 2 + 3 x 2 + (4 + 2 x 6 + 6 + 2 x 2 + 2 + 4 + 2 x 8 + 8 + 8 x 2 + 2) + 4 = 94
    const tiny = gptConfig({ nLayer: 1, nHead: 1, nEmbd: 2, nCtx: 3, nVocab: 5 });
    // a token keeps 16 x 2 + 1 + 4 = 37 in the layer and 3 x 2 + 2 = 8 besides; 6 tokens; the widest layer has 8
    expect(memoryPlan(tiny, { batchSize: 2 })).toEqual({
      parameters: 376,
      gradients: 376,
      moments: 752,
      average: 0,
      activations: 4 * 6 * 45,
      workingSpace: 4 * (3 * 6 * 8 + 6 * 5),
      total: 376 * 4 + 1080 + 696,
      limit: Number.POSITIVE_INFINITY,
    });
  });
});

test('an average of the weights is a fifth copy; one that keeps nothing is none', () => {
  const shape = { batchSize: 4, seqLen: 512 };
  const [plain, none, averaged] = [undefined, 0, 0.999].map((emaDecay) =>
    memoryPlan(gpt2, { ...shape, emaDecay }),
  );
  expect(none).toEqual(plain);
  expect(averaged).toEqual({ ...plain, average: 497_759_232, total: plain.total + 497_759_232 });
  expect(describePlan(averaged)).toContain('moments 0.93, average 0.46, activations 1.1');
  expect(largestBatch(gpt2, 4 * GIB, 512, { emaDecay: 0.999 })).toBeLessThan(
    largestBatch(gpt2, 4 * GIB, 512),
  );
});

test('an update in parts takes the memory of one part', () => {
  const part = memoryPlan(gpt2, { batchSize: 4, seqLen: 512 });
  expect(memoryPlan(gpt2, { batchSize: 512, microBatchSize: 4, seqLen: 512 })).toEqual(part);
});

describe('recomputing', () => {
  test('keeps the input of each layer, and all of one at a time', () => {
    const shape = { batchSize: 4, seqLen: 512 };
    const [plan, less] = [memoryPlan(gpt2, shape), memoryPlan(gpt2, { ...shape, recompute: true })];
    expect(less.activations).toBe(4 * 2048 * (12 * 768 + 3 * 768 + 2)); // 94,388,224 of 1,228,423,168
    expect(less.workingSpace).toBe(plan.workingSpace + 4 * 2048 * (12_304 - 768));
    expect(less.total).toBe(2_306_888_704); // 2.1 GiB of 3.1
  });

  test('makes room for larger batches, longer contexts', () => {
    const recompute = true;
    expect([largestBatch(gpt2, 4 * GIB), largestBatch(gpt2, 4 * GIB, 1024, { recompute })]).toEqual([3, 17]);
    expect(() => checkMemory(gpt2, { batchSize: 17, recompute }, 4 * GIB)).not.toThrow();
    expect(() => checkMemory(gpt2, { batchSize: 17 }, 4 * GIB)).toThrow(MemoryPlanError);
    const limit = 1.9 * GIB; // parameters, gradients and moments take 1.85
    const nCtx = (hint = '') => Number(/ nCtx (\d+)\.$/.exec(hint)?.[1]);
    const [without, with_] = [false, true].map((recompute) =>
      nCtx(refusal(gpt2, { batchSize: 8, recompute }, limit).hint),
    );
    expect(with_).toBeGreaterThan(without);
  });
});

describe('checkMemory', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test('lets what fits pass, and gives its plan', () => {
    const plan = checkMemory(gpt2, { batchSize: 1 });
    expect(plan).toEqual(memoryPlan(gpt2, { batchSize: 1 }, 4 * GIB));
    expect(checkMemory(gpt2, { batchSize: 1 }, plan.total).total).toBe(plan.total);
    expect(() => checkMemory(gpt2, { batchSize: 1 }, plan.total - 1)).toThrow(MemoryPlanError);
  });

  test("GPT-2's own recipe does not fit 4 GiB: the plan, and the largest batch that does", () => {
    const error = refusal(gpt2, recipes['gpt2-pretrain'].settings);
    expect(error.message).toBe(
      'batches of 512 x 1024 tokens need more memory than there is, 313 of 4.0 GiB: parameters 0.46, ' +
        'gradients 0.46, moments 0.93, activations 293, working space 18. A batch size of 3 fits.',
    );
    expect(error).toMatchObject({ code: 'memory-plan', batchSize: 512, nCtx: 1024 });
    expect(error.plan.total).toBeGreaterThan(300 * GIB);
    expect(error).toBeInstanceOf(GptError);
    expect(() => checkMemory(gpt2, { batchSize: 3 })).not.toThrow();
    expect(() => checkMemory(gpt2, { batchSize: 4 })).toThrow(MemoryPlanError);
  });

  test('where one row is too much, the longest context that fits', () => {
    const limit = 2.1 * GIB;
    const { hint } = refusal(gpt2, { batchSize: 8 }, limit);
    const nCtx = Number(/^Not even one .* use a batch size of 1 and nCtx (\d+)\.$/.exec(hint!)?.[1]);
    expect(() => checkMemory({ ...gpt2, nCtx }, { batchSize: 1 }, limit)).not.toThrow();
    expect(() => checkMemory({ ...gpt2, nCtx: nCtx + 1 }, { batchSize: 1 }, limit)).toThrow(MemoryPlanError);
  });

  test('where one token is too much, a smaller model', () => {
    const { hint } = refusal(gpt2, { batchSize: 1 }, GIB);
    expect(hint).toMatch(/choose a model of fewer layers or less width; .* of this one take 1\.9 GiB\.$/);
  });
});

test.each([
  [
    { batchSize: 4, seqLen: 512 },
    4 * GIB,
    /^3\.1 of 4\.0 GiB: parameters 0\.46, .* activations 1\.1, working space 0\.12$/,
  ],
  [{ batchSize: 4, seqLen: 512 }, undefined, /^3\.1 GiB: parameters 0\.46, /],
])('a plan in one line: %o of %s', (shape, limit, line) => {
  expect(describePlan(memoryPlan(gpt2, shape, limit))).toMatch(line);
});

test('a small plan counts in MiB', () => {
  const nano = gptConfig({ ...preset('nano').config, nVocab: 65 });
  expect(describePlan(memoryPlan(nano, { batchSize: 8 }, 4 * GIB))).toMatch(
    /^\d\.\d of 4096 MiB: parameters 0\.2/,
  );
});
