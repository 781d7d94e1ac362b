/**
 * A backend as a stranger would bring it: a name of its own in tfjs, tensors of its own, and nothing but what
 * `@gpt-ts/kernels` and `@tensorflow/tfjs-core` export.
 */
import { readFileSync } from 'node:fs';
import {
  backendName,
  gelu,
  type KernelName,
  type KernelTable,
  MissingKernelError,
  memory,
  registerKernels,
  tensor,
} from '@gpt-ts/kernels';
import { referenceKernels } from '@gpt-ts/kernels/reference';
import {
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from '@gpt-ts/kernels/test';
import {
  type BackendValues,
  type DataId,
  DataStorage,
  type DataType,
  engine,
  KernelBackend,
  registerBackend,
  setBackend,
  type TypedArray,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

/** The stranger's tensor: a list of numbers. */
interface Abacus {
  shape: readonly number[];
  beads: number[];
}

/** Where the stranger keeps them: everything that tfjs asks of a backend. */
class AbacusBackend extends KernelBackend {
  readonly #data = new DataStorage<{ beads: number[]; dtype: DataType; uses: number }>(this, engine());

  override write(values: BackendValues, _shape: number[], dtype: DataType): DataId {
    return this.put(Array.from(values as TypedArray), dtype);
  }
  override readSync(dataId: DataId): BackendValues {
    const { beads, dtype } = this.#data.get(dataId);
    return dtype === 'int32' ? Int32Array.from(beads) : Float32Array.from(beads);
  }
  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }
  override incRef(dataId: DataId): void {
    this.#data.get(dataId).uses++;
  }
  override refCount(dataId: DataId): number {
    return this.#data.has(dataId) ? this.#data.get(dataId).uses : 0;
  }
  override disposeData(dataId: DataId, force = false): boolean {
    if (this.#data.has(dataId) && --this.#data.get(dataId).uses > 0 && !force) return false;
    this.#data.delete(dataId);
    return true;
  }
  override numDataIds(): number {
    return this.#data.numDataIds();
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
  put(beads: number[], dtype: DataType): DataId {
    const dataId = {};
    this.#data.set(dataId, { beads, dtype, uses: 1 });
    return dataId;
  }
  beads(dataId: DataId): number[] {
    return this.#data.get(dataId).beads;
  }
}

/** Two kernels of the stranger's own; for the others it counts as the reference does. */
const table: KernelTable<Abacus> = {
  ...borrowed(),
  GptAdd: ({ a, b }) => [{ shape: a.shape, beads: a.beads.map((bead, i) => bead + b.beads[i]) }],
  GptScale({ x, factor }) {
    for (const i of x.beads.keys()) x.beads[i] = Math.fround(x.beads[i] * factor.beads[0]);
    return [x]; // in place
  },
};

function borrowed(): KernelTable<Abacus> {
  const entries = (Object.keys(referenceKernels) as KernelName[]).map((name) => [
    name,
    (inputs: Record<string, Abacus>, attrs: never) => {
      const plain = Object.entries(inputs).map(([input, { shape, beads }]) => {
        const data = /ids|targets/.test(input) ? Int32Array.from(beads) : Float32Array.from(beads);
        return [input, { shape, data }];
      });
      const results = referenceKernels[name](Object.fromEntries(plain), attrs);
      return results.map(({ shape, data }): Abacus => ({ shape, beads: Array.from(data) }));
    },
  ]);
  return Object.fromEntries(entries);
}

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

describe('a backend of a third party', () => {
  beforeAll(async () => {
    registerBackend('abacus', () => new AbacusBackend());
    await setBackend('abacus');
  });

  test('is told what it lacks until it has registered its kernels', () => {
    const x = tensor(Float32Array.of(1), [1]);
    expect(() => gelu(x)).toThrow(MissingKernelError);
    expect(() => gelu(x)).toThrow("GptGelu: backend 'abacus' does not have this kernel.");
    x.dispose();
    registerKernels<Abacus>('abacus', table, {
      open: ({ dataId, shape }, backend) => ({ shape, beads: (backend as AbacusBackend).beads(dataId) }),
      close({ shape, beads }, same, backend) {
        const dtype = 'float32';
        if (same === undefined) {
          return {
            dataId: (backend as AbacusBackend).put(beads.map(Math.fround), dtype),
            shape: [...shape],
            dtype,
          };
        }
        backend.incRef(same.dataId);
        return { dataId: same.dataId, shape: [...shape], dtype };
      },
    });
  });

  test.each([
    ...goldenCases(files),
    ...kernelCases(),
    ...definitionCases(),
    ...gradientCases(),
    ...refusalCases(),
  ])('$name', async ({ check }) => {
    expect(backendName()).toBe('abacus');
    const before = memory().numTensors;
    await check();
    expect(memory().numTensors).toBe(before);
  });
});
