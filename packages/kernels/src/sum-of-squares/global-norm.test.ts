import { beforeAll, describe, expect, test } from 'vitest';
import { useComposedBackend } from '../composed.js';
import { useReferenceBackend } from '../reference.js';
import { dispose, idTensor, memory, tensor } from '../tensor.js';
import { globalNorm } from './global-norm.js';

describe.each([
  ['the reference', useReferenceBackend],
  ['composed on cpu', () => useComposedBackend('cpu')],
])('globalNorm, %s', (_, start) => {
  beforeAll(start);

  test('is that of all tensors as one, and leaves none behind, also when one of them is refused', async () => {
    const [a, b] = [tensor(Float32Array.of(1, -2), [2]), tensor(Float32Array.of(2, 4), [2, 1])];
    const ids = idTensor(Int32Array.of(1), [1]);
    const before = memory();
    expect(await globalNorm([a, b])).toBe(5);
    expect(memory()).toEqual(before);
    await expect(globalNorm([a, b, ids])).rejects.toThrow('GptSumOfSquares: x must be float32, got int32.');
    expect(memory()).toEqual(before);
    dispose([a, b, ids]);
  });
});
