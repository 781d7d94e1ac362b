/**
 * The safetensors file format: named tensors as raw little-endian bytes behind a JSON header.
 *
 * Layout: 8 bytes header length N (little-endian), N bytes of JSON `{ name: { dtype, shape, data_offsets } }`,
 * then the data. A file from outside is not believed: every length, shape and offset is checked against the
 * bytes that are there before anything is allocated.
 *
 * @see https://github.com/huggingface/safetensors (format section)
 */
import { show } from './errors/gpt-error.js';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { ShapeError } from './errors/shape-error.js';

/** Element types gpt-ts reads and writes. */
export type TensorDtype = 'F32' | 'I32';

/** A tensor outside any backend: plain numbers, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  tensors: Map<string, PlainTensor>;
  metadata: Map<string, string>;
}

const METADATA = '__metadata__';
const MAX_HEADER_BYTES = 100_000_000; // the limit of the reference implementation

/**
 * Encodes tensors; the chunks hold views of the given data, not copies.
 *
 * @param tensors - Written in iteration order.
 * @param metadata - Free text stored under `__metadata__`.
 * @returns The file in pieces: header first, then one piece a tensor.
 * @throws {@link ShapeError} when a shape does not have as many elements as the data.
 * @throws {@link InvalidArgumentError} when a tensor has the reserved name `__metadata__`.
 * @example
 * const file = encodeSafetensors(new Map([['wpe', { shape: [1, 2], data: Float32Array.of(3, 4) }]]));
 * decodeSafetensors(concatBytes(file), 'two.safetensors').tensors.get('wpe')?.data; // => Float32Array [3, 4]
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, PlainTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array[] {
  const entries: [string, unknown][] = [];
  if (metadata.size > 0) entries.push([METADATA, Object.fromEntries(metadata)]);
  const chunks: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === METADATA) {
      throw new InvalidArgumentError({ argument: 'tensor name', expected: 'a free name', received: name });
    }
    if (elements(shape) !== data.length) {
      const expected = `a shape of ${data.length} elements`;
      throw new ShapeError({ op: 'encodeSafetensors', argument: name, expected, received: shape });
    }
    const dtype: TensorDtype = data instanceof Int32Array ? 'I32' : 'F32';
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  // fromEntries and JSON.parse keep `__proto__` as a plain key; the order is in the offsets, not in the header
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8; // data starts 8-byte aligned, as the format asks
  const head = new Uint8Array(8 + padded).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
  head.set(json, 8);
  return [head, ...chunks];
}

/**
 * Decodes a safetensors file.
 *
 * @param file - Name of the file, for error messages.
 * @returns Tensors in the order of their bytes; they share memory with `bytes` where alignment allows.
 * @throws {@link InvalidFileError} naming the file, the tensor and the value that is wrong.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const fail: (problem: string, field?: string, hint?: string) => never = (problem, field, hint) => {
    throw new InvalidFileError({ file, field, problem, hint });
  };
  if (bytes.length < 8) fail(`${bytes.length} bytes are too few for a safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = view.getBigUint64(0, true);
  if (declared > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - 8))) {
    fail(
      `the header claims ${declared} bytes, but the file has ${bytes.length - 8} after its length field`,
      undefined,
      'The file is cut short or not safetensors.',
    );
  }
  const headerEnd = 8 + Number(declared);
  const header = parseHeader(bytes.subarray(8, headerEnd), file);
  const dataBytes = bytes.length - headerEnd;

  const metadata = new Map<string, string>();
  const spans: { name: string; dtype: TensorDtype; shape: number[]; begin: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (!isRecord(entry)) fail(`expected an object, got ${show(entry)}`, name);
    if (name === METADATA) {
      for (const [key, value] of Object.entries(entry)) {
        if (typeof value !== 'string') fail(`metadata must be text, got ${show(value)}`, key);
        metadata.set(key, value);
      }
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry;
    if (dtype !== 'F32' && dtype !== 'I32') fail(`dtype must be F32 or I32, got ${show(dtype)}`, name);
    if (!isCounts(shape)) fail(`shape must be a list of non-negative integers, got ${show(shape)}`, name);
    if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
      fail(`data_offsets must be [begin, end], got ${show(offsets)}`, name);
    }
    const [begin, end] = offsets;
    if (end > dataBytes) {
      fail(`data ends at byte ${end}, but the file holds ${dataBytes}`, name, 'The file is cut short.');
    }
    const size = elements(shape) * 4; // rounded past 2^53, but then far from any real length
    if (size !== end - begin) {
      fail(`shape ${show(shape)} of ${dtype} needs ${size} bytes, data_offsets give ${end - begin}`, name);
    }
    spans.push({ name, dtype, shape, begin, end });
  }

  const tensors = new Map<string, PlainTensor>();
  let expected = 0;
  for (const { name, dtype, shape, begin, end } of spans.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== expected) {
      fail(`data begins at byte ${begin}, but the tensor before it ends at ${expected}`, name);
    }
    expected = end;
    let raw = bytes.subarray(headerEnd + begin, headerEnd + end);
    if (raw.byteOffset % 4 !== 0) raw = new Uint8Array(raw); // copies; slice() of a Node Buffer would not
    const { buffer, byteOffset, length } = raw;
    const data =
      dtype === 'F32'
        ? new Float32Array(buffer, byteOffset, length / 4)
        : new Int32Array(buffer, byteOffset, length / 4);
    tensors.set(name, { shape, data });
  }
  if (expected !== dataBytes) fail(`${dataBytes - expected} bytes after the last tensor belong to none`);
  return { tensors, metadata };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

function parseHeader(json: Uint8Array, file: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw new InvalidFileError({ file, problem: 'the header is not valid JSON', cause });
  }
  if (!isRecord(header)) throw new InvalidFileError({ file, problem: 'the header is not a JSON object' });
  return header;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
