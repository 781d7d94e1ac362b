/** One kernel of the current backend against the reference, on drawn inputs. */
import { type PlainTensor, Random } from '@gpt-ts/core';
import type { KernelInputs, KernelName, KernelSignatures } from '../kernel-table.js';
import { referenceKernels } from '../reference.js';
import { run } from '../run.js';
import { sizeOf } from '../shape.js';
import { dispose, idTensor, type Tensor, tensor } from '../tensor.js';
import { assertClose, type Tolerance } from './close.js';

/** A named check that throws when the backend is wrong. `check` returns the largest difference it saw. */
export interface ConformanceCase {
  name: string;
  check(): Promise<number>;
}

/** A shape to fill with normal draws, a tensor, or a tensor that follows from the ones before it. */
type Input = readonly number[] | PlainTensor | ((drawn: Record<string, PlainTensor>) => PlainTensor);

const EXACT: Tolerance = { rtol: 0, atol: 0 };
// Largest difference seen: 5.7e-5 in products of 513 terms, 2.4e-4 in a sum of 774 squares (stock tfjs),
// 9.2e-5 in a weighted loss of 16.5; else 3.1e-5.
const TOLERANCE: Tolerance = { rtol: 2e-5, atol: 2e-5 };

/** The inputs that a kernel may write its results over. */
const IN_PLACE: { readonly [K in KernelName]?: readonly string[] } = {
  GptAdam: ['param', 'm', 'v'],
  GptBlend: ['target'],
  GptCachedAttention: ['cache'],
  GptEmbeddingGrad: ['sum'],
  GptScale: ['x'],
  GptWrite: ['x'],
};

/** All outputs have the reference's shapes and values, and 0 exactly where it has; all inputs are as they were. */
export function kernelCase<K extends KernelName>(
  kernel: K,
  inputs: KernelInputs<K, Input>,
  attrs: KernelSignatures[K]['attrs'],
): ConformanceCase {
  const entries = Object.entries<Input>(inputs);
  const shapes = entries.map(([name, input]) => {
    if (typeof input === 'function') return name;
    return `${name} [${('shape' in input ? input.shape : input).join(', ')}]`;
  });
  return {
    name: `${kernel} ${shapes.join(' ')} ${JSON.stringify(attrs)}`,
    async check() {
      const drawn = draw(new Random(1, kernel), entries);
      const want = referenceKernels[kernel](drawn as KernelInputs<K, PlainTensor>, attrs);
      const tensors = Object.entries(drawn).map(([name, value]) => [name, upload(value)] as const);
      const got = run(kernel, Object.fromEntries(tensors) as KernelInputs<K, Tensor>, attrs);
      assertClose(`${kernel} number of outputs`, [got.length], [want.length], EXACT);
      let largest = 0;
      for (const [i, { shape, data }] of want.entries()) {
        const name = `${kernel} output ${i}`;
        const values = await got[i].data();
        assertClose(`${name} shape`, got[i].shape, shape, EXACT);
        largest = Math.max(largest, assertClose(name, values, data, TOLERANCE));
        if (kernel === 'GptDropout') assertClose(`${name} zeros`, zeros(values), zeros(data), EXACT);
      }
      dispose(got);
      for (const [name, input] of tensors) {
        if (IN_PLACE[kernel]?.includes(name)) continue;
        assertClose(`${kernel} input ${name} afterwards`, await input.data(), drawn[name].data, EXACT);
      }
      dispose(tensors.map(([, input]) => input));
      return largest;
    },
  };
}

/** Fixed ids from 0 to `n - 1`, a quarter of them ignored targets if wanted. */
export function ids(
  shape: readonly number[],
  n: number,
  ignored: 'none' | 'some' | 'all' = 'none',
): PlainTensor {
  const random = new Random(2);
  const data = Int32Array.from({ length: sizeOf(shape) }, () =>
    ignored === 'all' || (ignored === 'some' && random.int(4) === 0) ? -1 : random.int(n),
  );
  return { shape, data };
}

function draw(random: Random, entries: readonly [string, Input][]): Record<string, PlainTensor> {
  const drawn: Record<string, PlainTensor> = {};
  for (const [name, input] of entries) {
    if (typeof input === 'function') drawn[name] = input(drawn);
    else drawn[name] = 'shape' in input ? input : normal(random, name, input);
  }
  return drawn;
}

/** Normal draws; second moments and inverse deviations positive. */
function normal(random: Random, name: string, shape: readonly number[]): PlainTensor {
  const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  if (name === 'v' || name === 'rstd') return { shape, data: data.map(Math.abs) };
  return { shape, data };
}

function zeros(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => (value === 0 ? 1 : 0));
}

function upload({ shape, data }: PlainTensor): Tensor {
  return data instanceof Int32Array ? idTensor(data, shape) : tensor(data, shape);
}
