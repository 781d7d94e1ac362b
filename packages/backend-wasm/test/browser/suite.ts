/** What a page is tested with. */
import { useWasmBackend, type WasmBackendInfo, type WasmBackendOptions } from '@gpt-ts/backend-wasm';
import { concatBytes, encodeSafetensors } from '@gpt-ts/core';
import { causalAttention, dispose, linear, memory, tensor } from '@gpt-ts/kernels';
import {
  definitionCases,
  type GoldenFiles,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from '@gpt-ts/kernels/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';

/** The golden files; which ones, `readGoldenFiles` says, but it does not wait for a page to fetch them. */
async function goldenFiles(): Promise<GoldenFiles> {
  const files = new Map<string, Uint8Array>();
  const nothing = concatBytes(encodeSafetensors(new Map()));
  readGoldenFiles((path) => {
    files.set(path, nothing);
    return nothing;
  });
  for (const path of files.keys()) {
    const base64 = await commands.readFile(`../../tooling/golden/${path}`, 'base64'); // from the package
    files.set(
      path,
      Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
    );
  }
  return readGoldenFiles((path) => files.get(path)!);
}

const cases = [
  ...goldenCases(await goldenFiles()),
  ...kernelCases(),
  ...definitionCases(),
  ...gradientCases(),
  ...refusalCases(),
];

/** The conformance suite of `@gpt-ts/kernels`, on a backend that is started for it. */
export function conformance(options: WasmBackendOptions): void {
  describe(`with ${JSON.stringify(options)}`, () => {
    let backend: WasmBackendInfo;
    beforeAll(async () => {
      backend = await useWasmBackend(options);
      expect(backend).toMatchObject(options);
    });
    afterAll(() => backend[Symbol.dispose]());

    test.each(cases)('$name', async ({ check }) => {
      const before = memory().numTensors;
      await check();
      expect(memory().numTensors).toBe(before);
    });
  });
}

/** Results of enough work for four threads, in odd sizes. */
export async function bits(options: WasmBackendOptions): Promise<Float32Array[]> {
  using _backend = await useWasmBackend(options);
  const wave = (...shape: number[]) => {
    const size = shape.reduce((a, b) => a * b);
    return tensor(
      Float32Array.from({ length: size }, (_, i) => Math.sin(1.3 * i)),
      shape,
    );
  };
  const inputs = [wave(3, 67, 90), wave(90, 270), wave(270)];
  const qkv = linear(inputs[0], inputs[1], inputs[2]);
  const out = causalAttention(qkv, 5);
  const values = [(await qkv.data()) as Float32Array, (await out.data()) as Float32Array];
  dispose([...inputs, qkv, out]);
  return values;
}
