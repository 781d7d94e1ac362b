/** A checkpoint: everything a run needs to go on, in one file that says itself whether it is whole. */
import {
  InvalidFileError,
  openSafetensors,
  type Storage,
  type StoredFile,
  type TensorEntry,
  tensorPieces,
  verifyChecksum,
} from '@gpt-ts/core';
import { type Parameter, writeParameter } from '@gpt-ts/kernels';
import { assertFormat, type CheckpointLayout, MAX_HEADER_BYTES, readLayout } from './checkpoint-layout.js';

/** A checkpoint of which every byte has been checked. Dispose it to close the file. */
export interface OpenCheckpoint extends AsyncDisposable {
  readonly file: string;
  /** Updates finished. */
  readonly step: number;
  /** The text it was written with. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Shapes of its tensors, by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  /**
   * Fills parameters piece by piece; all are compared with the file before the first is changed.
   *
   * @param tensors - By their names in the file. What else the file has is left alone.
   * @throws InvalidFileError naming a tensor that is missing or has another shape.
   */
  readInto(tensors: ReadonlyMap<string, Parameter>): Promise<void>;
  /** The small files that belong to the run, by name. The caller owns the bytes. */
  readFiles(): Promise<Map<string, Uint8Array>>;
}

/**
 * Opens a checkpoint and reads all of it once, a piece at a time, to be sure that it is whole.
 *
 * @throws InvalidFileError naming the file and what is wrong: missing, cut short, damaged (with the checksum expected and
 * the one found), not a checkpoint, or of an unknown format.
 * @example
 * await using checkpoint = await openCheckpoint(storage, checkpointName(500));
 * await checkpoint.readInto(new Map([['model.wte.weight', wte]]));
 */
export async function openCheckpoint(storage: Storage, file: string): Promise<OpenCheckpoint> {
  const stored = await storage.open(file);
  if (stored === undefined) throw new InvalidFileError({ file, problem: 'there is no such checkpoint' });
  try {
    const header = await openSafetensors(stored, file, { maxHeaderBytes: MAX_HEADER_BYTES });
    assertFormat(header, file);
    await verifyChecksum(stored, file);
    return opened(file, stored, readLayout(header, file));
  } catch (error) {
    await stored[Symbol.asyncDispose]();
    throw error;
  }
}

function opened(file: string, stored: StoredFile, layout: CheckpointLayout): OpenCheckpoint {
  const { step, metadata, tensors, files } = layout;
  return {
    ...{ file, step, metadata },
    shapes: new Map([...tensors].map(([name, { shape }]) => [name, shape])),
    async readInto(parameters) {
      const parts = [...parameters].map(([name, parameter]) => {
        return { parameter, file: stored, entry: entryFor(parameter, tensors.get(name), { file, name }) };
      });
      for await (const { part, offset, values } of tensorPieces(parts)) {
        writeParameter(part.parameter, offset, values);
      }
    },
    async readFiles() {
      const contents = new Map<string, Uint8Array>();
      for (const [name, { begin, end }] of files) {
        const bytes = new Uint8Array(end - begin);
        await stored.read(begin, bytes);
        contents.set(name, bytes);
      }
      return contents;
    },
    [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose](),
  };
}

function entryFor(
  { shape }: Parameter,
  entry: TensorEntry | undefined,
  { file, name }: { file: string; name: string },
): TensorEntry {
  if (entry === undefined) {
    throw new InvalidFileError({ file, field: name, problem: 'the tensor is missing' });
  }
  if (entry.shape.length !== shape.length || entry.shape.some((dim, i) => dim !== shape[i])) {
    const problem = `expected the shape [${shape.join(', ')}], got [${entry.shape.join(', ')}]`;
    throw new InvalidFileError({ file, field: name, problem });
  }
  return entry;
}
