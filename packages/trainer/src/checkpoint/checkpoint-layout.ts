/**
 * What a checkpoint file holds, in this order: `format`, `step` and the caller's text in the header, the tensors as `F32`,
 * small files as `U8` tensors `file.NAME`, and last of all `checksum`, four bytes: the CRC-32C of every byte before them.
 *
 * It is a safetensors file like any other, so every tool that reads those reads its `model.*` tensors.
 */
import {
  CHECKSUM,
  CHECKSUM_BYTES,
  InvalidFileError,
  type SafetensorsHeader,
  type TensorEntry,
} from '@gpt-ts/core';
import { stepOfName } from './checkpoint-name.js';

export const FORMAT = 'gpt-ts checkpoint 2';
export const FILE_PREFIX = 'file.';
/** Header keys that are not the caller's. */
export const OWN_KEYS: readonly string[] = ['format', 'step'];
/** GPT-3's 1,156 parameters with their moments need 0.4 MB. A hostile header takes 100 times its size to parse. */
export const MAX_HEADER_BYTES: number = 2 ** 20;

const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

/** Whether a file may have this name: one that is no path on any system, and not hidden. */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name);
}

/** The contents of a checkpoint, as its header tells. */
export interface CheckpointLayout {
  readonly step: number;
  /** The caller's text. */
  readonly metadata: Map<string, string>;
  readonly tensors: Map<string, TensorEntry>;
  readonly files: Map<string, TensorEntry>;
}

/** @throws {@link InvalidFileError} when a file is no checkpoint, or of a format that this program does not know. */
export function assertFormat({ metadata }: SafetensorsHeader, file: string): void {
  const format = metadata.get('format');
  if (format === FORMAT) return;
  const hint = `This program reads "${FORMAT}".`;
  if (!format?.startsWith('gpt-ts checkpoint ')) {
    throw new InvalidFileError({ file, problem: 'is not a checkpoint', hint });
  }
  throw new InvalidFileError({ file, field: 'format', problem: `"${format}" is not known`, hint });
}

/**
 * Sorts what a header lists.
 *
 * @throws {@link InvalidFileError} naming the part that does not belong into a checkpoint.
 */
export function readLayout({ metadata, entries }: SafetensorsHeader, file: string): CheckpointLayout {
  const fail = (field: string, problem: string): never => {
    throw new InvalidFileError({ file, field, problem });
  };
  const count = metadata.get('step') ?? 'nothing';
  const step = /^\d+$/.test(count) ? Number(count) : Number.NaN;
  if (!Number.isSafeInteger(step)) fail('step', `expected a count, got ${count}`);
  const named = stepOfName(file);
  if (named !== undefined && named !== step) fail('step', `expected ${named} as in the name, got ${step}`);

  const tensors = new Map<string, TensorEntry>();
  const files = new Map<string, TensorEntry>();
  const last = [...entries.keys()].at(-1);
  for (const [name, entry] of entries) {
    const isFile = name.startsWith(FILE_PREFIX);
    const dtype = isFile || name === CHECKSUM ? 'U8' : 'F32';
    if (entry.dtype !== dtype) fail(name, `expected ${dtype}, got ${entry.dtype}`);
    if (name === CHECKSUM) {
      if (name !== last || entry.end - entry.begin !== CHECKSUM_BYTES) {
        fail(name, `expected ${CHECKSUM_BYTES} bytes at the end of the file`);
      }
    } else if (!isFile) tensors.set(name, entry);
    else {
      const fileName = name.slice(FILE_PREFIX.length);
      if (!isPlainName(fileName)) fail(name, 'a file needs a plain name, without folders');
      files.set(fileName, entry);
    }
  }
  if (last !== CHECKSUM) fail(CHECKSUM, 'the tensor is missing');
  return {
    step,
    metadata: new Map([...metadata].filter(([key]) => !OWN_KEYS.includes(key))),
    ...{ tensors, files },
  };
}
