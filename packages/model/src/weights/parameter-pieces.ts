/** From the tensors of files to the values of our parameters. */
import { tensorPieces } from '@gpt-ts/core';
import { lastDim, sizeOf } from '@gpt-ts/kernels';
import type { FileTensor } from './layouts/layout.js';
import type { ParameterPart } from './match-tensors.js';

/** Some of the values of a parameter. */
export interface ParameterPiece {
  readonly parameter: string;
  /** Place of the first value in the parameter. */
  readonly offset: number;
  /** Valid until the next piece is asked for. */
  readonly values: Float32Array;
}

/**
 * Reads parameters piece by piece, each wherever it lies; what no file holds is not given, it is zeros.
 *
 * Rows of ours come as they are read. A parameter that is transposed or joined from columns is put together first: it is the
 * largest thing that is in memory.
 *
 * @param parts - Those of one parameter behind each other.
 */
export async function* parameterPieces(
  parts: readonly ParameterPart[],
  shapes: ReadonlyMap<string, readonly number[]>,
): AsyncGenerator<ParameterPiece> {
  let whole: Float32Array | undefined;
  const last = new Set(parts.filter((part, i) => part.tensor.parameter !== parts[i + 1]?.tensor.parameter));
  for await (const { part, offset, values } of tensorPieces(parts)) {
    const { tensor, length } = part;
    const { parameter } = tensor;
    const shape = shapes.get(parameter)!;
    const width = lastDim(shape);
    if (isRows(tensor, width)) {
      yield { parameter, offset: (tensor.row ?? 0) * width + offset, values };
      continue;
    }
    whole ??= new Float32Array(sizeOf(shape));
    scatter(values, offset, tensor, whole, width);
    if (last.has(part) && offset + values.length === length) {
      yield { parameter, offset: 0, values: whole };
      whole = undefined;
    }
  }
}

/** All values of one parameter, given the parts of it that lie in files. */
export async function wholeParameter(
  parts: readonly ParameterPart[],
  shapes: ReadonlyMap<string, readonly number[]>,
  parameter: string,
): Promise<Float32Array> {
  let whole: Float32Array | undefined;
  const size = sizeOf(shapes.get(parameter)!);
  for await (const { offset, values } of parameterPieces(parts, shapes)) {
    whole ??= new Float32Array(size);
    whole.set(values, offset);
  }
  return whole ?? new Float32Array(size);
}

/** Whether a tensor is whole rows of ours, so that its values lie in ours as they do in the file. */
export function isRows({ shape, transposed, column = 0 }: FileTensor, width: number): boolean {
  return !transposed && column === 0 && lastDim(shape) === width;
}

/** Puts values of a tensor, from `offset` on, in their places. */
function scatter(
  values: Float32Array,
  offset: number,
  { shape, transposed, row = 0, column = 0 }: FileTensor,
  into: Float32Array,
  width: number,
): void {
  const length = lastDim(shape); // of a row of the file
  const [alongRow, alongColumn] = transposed ? [width, 1] : [1, width];
  const corner = row * width + column;
  for (let i = 0; i < values.length; ) {
    const [r, c] = [Math.floor((offset + i) / length), (offset + i) % length];
    const end = Math.min(values.length, i + length - c);
    for (let at = corner + r * alongColumn + c * alongRow; i < end; at += alongRow) into[at] = values[i++];
  }
}
