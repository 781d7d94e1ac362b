/**
 * The header of a safetensors file, which says what lies where.
 *
 * A file from outside is not believed: every length, shape and offset is checked against the bytes that are there before
 * anything is allocated. No name may come twice, and tensors lie one behind the other without holes, as the format asks.
 *
 * @see https://github.com/huggingface/safetensors (format section)
 */
import { show } from './errors/gpt-error.js';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { type JsonObject, type JsonValue, parseJsonObject, showJson } from './json-reader.js';

/** Element types that a file may have. */
export type FileDtype =
  | ('F64' | 'F32' | 'F16' | 'BF16' | 'F8_E4M3' | 'F8_E5M2')
  | ('I64' | 'I32' | 'I16' | 'I8' | 'U64' | 'U32' | 'U16' | 'U8' | 'BOOL');

/** Bytes of an element. */
const DTYPE_BYTES: Readonly<Record<FileDtype, number>> = {
  ...{ F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1 },
  ...{ I64: 8, I32: 4, I16: 2, I8: 1, U64: 8, U32: 4, U16: 2, U8: 1, BOOL: 1 },
};

/** A tensor in a file. */
export interface TensorEntry {
  readonly dtype: FileDtype;
  readonly shape: readonly number[];
  /** Its first byte in the file. */
  readonly begin: number;
  /** The byte behind it. */
  readonly end: number;
}

/** What a header says. */
export interface SafetensorsHeader {
  /** Tensors by name, in the order of their bytes. */
  readonly entries: Map<string, TensorEntry>;
  readonly metadata: Map<string, string>;
}

const METADATA = '__metadata__';
const MAX_HEADER_BYTES = 100_000_000; // the limit of the reference implementation

/**
 * Where the header ends and the data begins.
 *
 * @param start - The first 8 bytes of the file, or all there are.
 */
export function safetensorsHeaderEnd(
  start: Uint8Array,
  fileBytes: number,
  file: string,
  maxHeaderBytes: number = MAX_HEADER_BYTES,
): number {
  if (fileBytes < 8) {
    throw new InvalidFileError({ file, problem: `${fileBytes} bytes are too few for a safetensors file` });
  }
  const declared = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (declared > BigInt(fileBytes - 8)) {
    throw new InvalidFileError({
      file,
      problem: `the header claims ${declared} bytes, but the file has ${fileBytes - 8} after its length field`,
      hint: 'The file is cut short or not safetensors.',
    });
  }
  if (declared > BigInt(maxHeaderBytes)) {
    const problem = `the header has ${declared} bytes, more than the limit of ${maxHeaderBytes}`;
    throw new InvalidFileError({ file, problem });
  }
  return 8 + Number(declared);
}

/**
 * Reads and checks a header.
 *
 * @param json - The bytes of the header, without the 8 of its length.
 * @throws {@link InvalidFileError} naming the file, the tensor and the value that is wrong.
 */
export function parseSafetensorsHeader(json: Uint8Array, fileBytes: number, file: string): SafetensorsHeader {
  const dataAt = 8 + json.length;
  const metadata = new Map<string, string>();
  const found: [string, TensorEntry][] = [];
  for (const [name, value] of parseObject(json, file)) {
    const entry = asObject(value, name, file);
    if (name === METADATA) readMetadata(entry, metadata, file);
    else found.push([name, readEntry(entry, { dataAt, dataBytes: fileBytes - dataAt, name, file })]);
  }
  const entries = new Map(found.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end));
  let expected = dataAt;
  for (const [field, { begin, end }] of entries) {
    if (begin !== expected) {
      const before = `the tensor before it ends at ${expected - dataAt}`;
      throw new InvalidFileError({
        file,
        field,
        problem: `data begins at byte ${begin - dataAt}, but ${before}`,
      });
    }
    expected = end;
  }
  if (expected !== fileBytes) {
    const problem = `${fileBytes - expected} bytes after the last tensor belong to none`;
    throw new InvalidFileError({ file, problem });
  }
  return { entries, metadata };
}

/**
 * The start of a file, up to the data: its bytes are a multiple of 8.
 *
 * @param tensors - In the order of their data.
 * @throws {@link InvalidArgumentError} when a tensor has the reserved name `__metadata__`.
 */
export function safetensorsHead(
  tensors: Iterable<readonly [string, { readonly dtype: FileDtype; readonly shape: readonly number[] }]>,
  metadata: ReadonlyMap<string, string>,
): Uint8Array {
  const entries: [string, unknown][] = [];
  if (metadata.size > 0) entries.push([METADATA, Object.fromEntries(metadata)]);
  let offset = 0;
  for (const [name, { dtype, shape }] of tensors) {
    if (name === METADATA) {
      throw new InvalidArgumentError({ argument: 'tensor name', expected: 'a free name', received: name });
    }
    const end = offset + tensorBytes(dtype, shape);
    entries.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // fromEntries keeps `__proto__` as a plain key; the order is in the offsets, not in the header
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const padded = Math.ceil(json.length / 8) * 8; // data starts 8-byte aligned, as the format asks
  const head = new Uint8Array(8 + padded).fill(0x20);
  new DataView(head.buffer).setBigUint64(0, BigInt(padded), true);
  head.set(json, 8);
  return head;
}

/** Bytes of a tensor's data; rounded past 2^53, but then far from any real length. */
export function tensorBytes(dtype: FileDtype, shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, DTYPE_BYTES[dtype]);
}

function readEntry(
  entry: JsonObject,
  { dataAt, dataBytes, name, file }: { dataAt: number; dataBytes: number; name: string; file: string },
): TensorEntry {
  const fail: (problem: string, hint?: string) => never = (problem, hint) => {
    throw new InvalidFileError({ file, field: name, problem, hint });
  };
  const [dtype, shape, offsets] = ['dtype', 'shape', 'data_offsets'].map((key) => entry.get(key));
  if (!isDtype(dtype))
    fail(`dtype must be one of ${Object.keys(DTYPE_BYTES).join(', ')}, got ${showJson(dtype)}`);
  if (!isCounts(shape)) fail(`shape must be a list of non-negative integers, got ${showJson(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    fail(`data_offsets must be [begin, end], got ${showJson(offsets)}`);
  }
  const [begin, end] = offsets;
  if (end > dataBytes) {
    fail(`data ends at byte ${end}, but the file holds ${dataBytes}`, 'The file is cut short.');
  }
  const size = tensorBytes(dtype, shape);
  if (size !== end - begin) {
    fail(`shape ${show(shape)} of ${dtype} needs ${size} bytes, data_offsets give ${end - begin}`);
  }
  return { dtype, shape, begin: dataAt + begin, end: dataAt + end };
}

function readMetadata(entry: JsonObject, metadata: Map<string, string>, file: string): void {
  for (const [field, value] of entry) {
    if (typeof value !== 'string') {
      throw new InvalidFileError({ file, field, problem: `metadata must be text, got ${showJson(value)}` });
    }
    metadata.set(field, value);
  }
}

function parseObject(json: Uint8Array, file: string): JsonObject {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
  } catch (cause) {
    throw new InvalidFileError({ file, problem: 'the header is not UTF-8', cause });
  }
  try {
    return parseJsonObject(text, 'header');
  } catch (cause) {
    if (!(cause instanceof InvalidFileError)) throw cause;
    throw new InvalidFileError({ file, problem: cause.message.replace(/\.$/, ''), cause });
  }
}

function asObject(value: JsonValue, field: string, file: string): JsonObject {
  if (value instanceof Map) return value;
  throw new InvalidFileError({ file, field, problem: `expected an object, got ${showJson(value)}` });
}

function isDtype(value: JsonValue | undefined): value is FileDtype {
  return typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value);
}

function isCounts(value: JsonValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
}
