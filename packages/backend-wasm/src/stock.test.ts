import { readFileSync } from 'node:fs';
import { memory } from '@gpt-ts/kernels';
import {
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from '@gpt-ts/kernels/test';
import { beforeAll, describe, expect, test } from 'vitest';
import { useStockWasmBackend } from './stock.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

describe('composed kernels on stock tfjs-backend-wasm', () => {
  beforeAll(() => useStockWasmBackend());

  test.each([
    ...goldenCases(files),
    ...kernelCases(),
    ...definitionCases(),
    ...gradientCases(),
    ...refusalCases(),
  ])('$name', async ({ name, check }) => {
    const before = memory().numTensors;
    const largest = await check();
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
    expect(memory().numTensors).toBe(before);
  });
});
