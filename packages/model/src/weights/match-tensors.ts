/** Compares the tensors that files hold with those that a model needs, before anything is allocated. */
import { InvalidFileError, isFloatEntry, type TensorPart } from '@gpt-ts/core';
import { sizeOf } from '@gpt-ts/kernels';
import type { FoundTensor } from './files/found-tensor.js';
import type { FileTensor, Layout } from './layouts/layout.js';

/** A tensor of a file that holds (a part of) one of our parameters. */
export interface ParameterPart extends TensorPart {
  readonly tensor: FileTensor;
  /** How many of its values are ours; the rest is padding. */
  readonly length: number;
}

/** What files are expected to hold. */
export interface WantedTensors {
  readonly tensors: readonly FileTensor[];
  readonly layout: Pick<Layout, 'name' | 'prefixes' | 'buffers'>;
  readonly nLayer: number;
  /** The file that errors name when a tensor is in none. */
  readonly fileName: string;
}

/**
 * The parts of all parameters, in our order, copies left out.
 *
 * @throws InvalidFileError when a tensor is missing, has another shape, comes twice or belongs to no such model.
 */
export function matchTensors(
  found: ReadonlyMap<string, FoundTensor>,
  { tensors, layout, nLayer, fileName }: WantedTensors,
): ParameterPart[] {
  const bare = bareNames(found, layout);
  const parts: ParameterPart[] = [];
  for (const tensor of tensors) {
    const { name, shape, padding = 0, optional, copy } = tensor;
    const key = bareName(name, layout);
    const stored = bare.get(key);
    bare.delete(key);
    if (stored === undefined) {
      if (optional || copy) continue;
      throw new InvalidFileError({ file: fileName, field: name, problem: 'the tensor is missing' });
    }
    assertEntry(stored, tensor);
    const rows = sizeOf(shape.slice(0, -1));
    const length = (sizeOf(shape) / rows) * (rows - padding);
    if (!copy) parts.push({ file: stored.file, entry: stored.entry, tensor, length });
  }
  for (const [name, { fileName: file }] of bare) {
    if (isBuffer(name, layout, nLayer)) continue;
    const problem = `no such tensor in a model of this config in the layout ${layout.name}`;
    throw new InvalidFileError({ file, field: name, problem });
  }
  return parts;
}

/** The parts of each parameter. */
export function partsByParameter(parts: readonly ParameterPart[]): Map<string, ParameterPart[]> {
  const groups = new Map<string, ParameterPart[]>();
  for (const part of parts) {
    const group = groups.get(part.tensor.parameter);
    if (group === undefined) groups.set(part.tensor.parameter, [part]);
    else group.push(part);
  }
  return groups;
}

/** The name without what the layout lets it begin with. */
export function bareName(name: string, { prefixes }: Pick<Layout, 'prefixes'>): string {
  return prefixes.reduce(
    (rest, prefix) => (rest.startsWith(prefix) ? rest.slice(prefix.length) : rest),
    name,
  );
}

/** The tensors by their names without prefix. */
export function bareNames(
  found: ReadonlyMap<string, FoundTensor>,
  layout: Pick<Layout, 'prefixes'>,
): Map<string, FoundTensor> {
  const bare = new Map<string, FoundTensor>();
  for (const [name, tensor] of found) {
    const key = bareName(name, layout);
    if (bare.has(key)) {
      const problem = `comes twice, with and without a prefix (${layout.prefixes.join(', ')})`;
      throw new InvalidFileError({ file: tensor.fileName, field: key, problem });
    }
    bare.set(key, tensor);
  }
  return bare;
}

function assertEntry({ fileName, entry }: FoundTensor, { name, shape }: FileTensor): void {
  if (isFloatEntry(entry) && entry.shape.join() === shape.join()) return;
  const dtype = isFloatEntry(entry) ? '' : `${entry.dtype} `;
  throw new InvalidFileError({
    file: fileName,
    field: name,
    problem: `expected F32, F16 or BF16 [${shape.join(', ')}], got ${dtype}[${entry.shape.join(', ')}]`,
    hint: 'The weights do not belong to this config.json.',
  });
}

function isBuffer(name: string, { buffers }: Pick<Layout, 'buffers'>, nLayer: number): boolean {
  const [, layer] = /^h\.(0|[1-9]\d{0,4})\./.exec(name) ?? [];
  if (layer !== undefined && Number(layer) >= nLayer) return false;
  return buffers.includes(layer === undefined ? name : name.replace(/^h\.\d+\./, 'h.#.'));
}
