import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { GptError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useComposedBackend } from './composed.js';
import { backendName, memory } from './tensor.js';
import {
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from './test.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

test('a backend that tfjs does not know is refused', async () => {
  const refused = useComposedBackend('abacus');
  await expect(refused).rejects.toThrow("tfjs has no backend 'abacus'. Import the package that brings it");
  await expect(refused).rejects.toBeInstanceOf(GptError);
});

describe('composed kernels on the cpu backend of tfjs', () => {
  beforeAll(() => useComposedBackend('cpu'));

  test.each([
    ...goldenCases(files),
    ...kernelCases(),
    ...definitionCases(),
    ...gradientCases(),
    ...refusalCases(),
  ])('$name', async ({ name, check }) => {
    expect(backendName()).toBe('cpu');
    const before = memory().numTensors;
    const largest = await check();
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
    expect(memory().numTensors).toBe(before);
  });
});
