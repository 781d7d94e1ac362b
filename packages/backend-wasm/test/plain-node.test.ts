/** The built package in a Node process of its own, without a test framework: what a user's program gets. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { SimdVariant } from '@gpt-ts/backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';

const program = `
  import { createHash } from 'node:crypto';
  import { useWasmBackend } from '@gpt-ts/backend-wasm';
  import { blend, causalAttention, crossEntropy, embedding, gelu, idTensor, layerNorm, linear, matMul, parameter, tensor,
    valueAndGrads } from '@gpt-ts/kernels';

  const { threads, simd } = await useWasmBackend({ threads: Number(process.argv[2]), simd: process.argv[3] });

  const x = tensor(Float32Array.of(1, 2, 3, 4), [2, 2]);
  const y = linear(x, tensor(Float32Array.of(1, 0, 2, 0, 1, 3), [2, 3]), tensor(Float32Array.of(10, 20, 30), [3]));
  const table = parameter(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
  const ids = () => idTensor(Int32Array.of(2, 0, 2), [3]);
  const nll = () => crossEntropy(embedding(table, ids()), idTensor(Int32Array.of(0, 0, 1), [3])).loss;
  const { grads: [dTable] } = valueAndGrads(nll, [table]);

  // A block of odd sizes, with enough work for several threads, forward and backward.
  const wave = (seed, ...shape) =>
    parameter(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(seed + 1.3 * i)), shape);
  const p = [wave(1, 3, 67, 90), wave(2, 90, 270), wave(3, 270), wave(4, 90), wave(5, 90), wave(6, 101, 90)];
  const targets = Int32Array.from({ length: 201 }, (_, i) => (i % 9 === 0 ? -1 : (i * 7) % 101));
  const dropout = { rate: 0.1, source: { seed: 1, name: 'block', step: 2 } };
  const block = () => {
    const mixed = causalAttention(linear(layerNorm(p[0], p[3], p[4]), p[1], p[2]), 5);
    const again = causalAttention(linear(mixed, p[1], p[2]), 5, { dropout });
    return crossEntropy(matMul(gelu(again), p[5], { transposeB: true }), idTensor(targets, [3, 67])).loss;
  };
  const { value, grads } = valueAndGrads(block, p);
  const hash = createHash('sha256');
  const [average, weights] = [wave(7, 700001), wave(8, 700001)];
  blend(average, weights, 0.3);
  for (const each of [value, ...grads, average]) hash.update(await each.data());

  console.log(JSON.stringify({
    threads,
    simd,
    linear: [...(await y.data())],
    embeddingGrad: [...(await dTable.data())].map((each) => Number(each.toFixed(4))),
    block: hash.digest('hex'),
  }));
`;

function run(threads: number, simd: SimdVariant) {
  const args = ['--input-type=module', '-', `${threads}`, simd];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    input: program,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0); // and the process ends by itself: the workers do not hold it
  return JSON.parse(stdout);
}

describe.each(['relaxed', 'plain'] as const)('in plain Node, with %s SIMD', (simd) => {
  let alone: ReturnType<typeof run>;
  beforeAll(() => {
    alone = run(1, simd);
  });

  test('tensors, a linear layer and the gradient of an embedding are right', () => {
    expect(alone).toMatchObject({
      simd,
      linear: [11, 22, 38, 13, 24, 48],
      // with p = sigmoid(-1) = 0.26894: (p - 1) / 3 in row 0, (2p - 1) / 3 in row 2, which is read twice
      embeddingGrad: [-0.2437, 0.2437, 0, 0, -0.154, 0.154],
    });
  });

  test.each([2, 3, 4])('%d threads give the bits of one', (threads) => {
    expect(run(threads, simd)).toEqual({ ...alone, threads });
  });
});
