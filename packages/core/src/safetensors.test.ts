import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { ShapeError } from './errors/shape-error.js';
import { decodeSafetensors, encodeSafetensors, type PlainTensor } from './safetensors.js';
import { concatBytes } from './storage.js';

const encode = (tensors: [string, PlainTensor][], metadata?: [string, string][]) =>
  concatBytes(encodeSafetensors(new Map(tensors), new Map(metadata)));

/** A file with any header, true or not. */
function forge(header: unknown, dataBytes = 0, declared?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, declared ?? BigInt(json.length), true);
  return concatBytes([length, json, Uint8Array.from({ length: dataBytes }, (_, i) => i)]);
}

function failure(bytes: Uint8Array): InvalidFileError {
  try {
    decodeSafetensors(bytes, 'x.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFileError);
    expect((error as InvalidFileError).file).toBe('x.safetensors');
    return error as InvalidFileError;
  }
  throw new Error('the file was believed');
}

const matrix: PlainTensor = { shape: [2, 3], data: Float32Array.of(1, -2.5, 3e38, 0, -0, Number.NaN) };
const ids: PlainTensor = { shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) };
const scalar: PlainTensor = { shape: [], data: Float32Array.of(7) };
const empty: PlainTensor = { shape: [0, 4], data: new Float32Array() };

describe('a round trip', () => {
  test('keeps values, shapes, metadata and order', () => {
    const tensors: [string, PlainTensor][] = [
      ['wte', matrix],
      ['ids', ids],
      ['empty', empty],
      ['scalar', scalar],
    ];
    const bytes = encode(tensors, [['format', 'gpt-ts']]);
    const decoded = decodeSafetensors(bytes, 'x.safetensors');
    expect([...decoded.tensors]).toEqual(tensors);
    expect([...decoded.metadata]).toEqual([['format', 'gpt-ts']]);
    expect(encode([...decoded.tensors], [...decoded.metadata])).toEqual(bytes);
  });

  test('of nothing is an empty file', () => {
    expect(decodeSafetensors(encode([]), 'x').tensors.size).toBe(0);
  });

  test.each(['__proto__', 'constructor', 'toString', '', 'h.0.ln_1 "\\\n\u{1f600}'])(
    'takes %j as a name of a tensor and of metadata',
    (name) => {
      const { tensors, metadata } = decodeSafetensors(encode([[name, scalar]], [[name, 'text']]), 'x');
      expect([...tensors]).toEqual([[name, scalar]]);
      expect([...metadata]).toEqual([[name, 'text']]);
    },
  );

  test('keeps the order of names that look like numbers', () => {
    const names = ['b', '10', 'a', '2'];
    const { tensors } = decodeSafetensors(encode(names.map((name) => [name, scalar])), 'x');
    expect([...tensors.keys()]).toEqual(names);
  });

  test('puts an empty tensor before the one that begins where it does', () => {
    const { tensors } = decodeSafetensors(
      encode([
        ['b', empty],
        ['1', scalar], // comes first in the header
      ]),
      'x',
    );
    expect([...tensors.keys()]).toEqual(['b', '1']);
  });

  test('starts the data on a multiple of 8 bytes', () => {
    for (let length = 0; length < 9; length++) {
      const [head] = encodeSafetensors(new Map([['n'.repeat(length), scalar]]));
      expect(head.length % 8).toBe(0);
    }
  });

  test('copies nothing on the way out and nothing aligned on the way in', () => {
    expect(encodeSafetensors(new Map([['a', matrix]]))[1].buffer).toBe(matrix.data.buffer);
    const bytes = encode([['a', matrix]]);
    expect(decodeSafetensors(bytes, 'x').tensors.get('a')?.data.buffer).toBe(bytes.buffer);
  });

  test('writes the part of a buffer that a view shows', () => {
    const view = new Float32Array(Float32Array.of(1, 2, 3, 4).buffer, 4, 2);
    const { tensors } = decodeSafetensors(encode([['a', { shape: [2], data: view }]]), 'x');
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(2, 3));
  });
});

describe('data that is not aligned', () => {
  const aligned = encode([
    ['a', matrix],
    ['b', ids],
  ]);

  test.each([1, 2, 3, 4, 5])('reads the same at byte offset %i of a larger buffer', (offset) => {
    const bytes = new Uint8Array(aligned.length + offset).subarray(offset);
    bytes.set(aligned);
    expect(decodeSafetensors(bytes, 'x')).toEqual(decodeSafetensors(aligned, 'x'));
  });

  test('reads the same from a Node Buffer', () => {
    const buffer = Buffer.concat([Buffer.alloc(1), aligned]).subarray(1);
    expect(decodeSafetensors(buffer, 'x')).toEqual(decodeSafetensors(aligned, 'x'));
  });

  test('reads behind a header without padding', () => {
    const header = '{"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}';
    expect(header.length % 4).not.toBe(0);
    expect(decodeSafetensors(forge(header, 4), 'x').tensors.get('a')?.data).toEqual(
      Int32Array.of(0x03020100),
    );
  });
});

describe('what cannot be written', () => {
  test('is a shape that does not fit the data', () => {
    const wrong = new Map([['wte', { shape: [2, 2], data: new Float32Array(6) }]]);
    expect(() => encodeSafetensors(wrong)).toThrow(ShapeError);
    expect(() => encodeSafetensors(wrong)).toThrow('wte must be a shape of 6 elements, got [2, 2].');
  });

  test('is a tensor with the name of the metadata', () => {
    expect(() => encodeSafetensors(new Map([['__metadata__', scalar]]))).toThrow(InvalidArgumentError);
  });
});

describe('a file that lies is refused:', () => {
  const tensor = (changes: object) => ({
    wte: { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8], ...changes },
  });

  test('cut short anywhere', () => {
    const whole = encode([['wte', matrix]], [['format', 'gpt-ts']]);
    for (let length = 0; length < whole.length; length++) failure(whole.subarray(0, length));
    decodeSafetensors(whole, 'x');
  });

  test.each([
    ['one too many', 3n],
    ['over the limit of the format', 100_000_001n],
    ['-1 read as unsigned', 2n ** 64n - 1n],
  ])('header length %s', (_, declared) => {
    expect(failure(forge('{}', 0, declared)).message).toBe(
      `x.safetensors: the header claims ${declared} bytes, but the file has 2 after its length field. ` +
        'The file is cut short or not safetensors.',
    );
  });

  test.each([
    ['{', 'column 2: expected a string in double quotes, got the end of the file'],
    ['', 'column 1: expected a JSON object, got the end of the file'],
    ['nonsense', 'column 1: expected a JSON object, got "n"'],
    ['{}}', 'column 3: expected the end of the file, got "}"'],
    ['[]', 'column 1: expected a JSON object, got "["'],
    ['null', 'column 1: expected a JSON object, got "n"'],
    ['\ufeff{}', 'column 1: expected a JSON object, got "\ufeff"'],
    ['{"a":1,"a":1}', 'column 8: the key "a" comes twice'],
    [`{"a":${'['.repeat(10_000)}`, 'column 70: is nested deeper than 64 levels'],
  ])('header %s is no JSON object', (header, problem) => {
    expect(failure(forge(header)).message).toBe(`x.safetensors: header: line 1, ${problem}.`);
  });

  test('header is not UTF-8', () => {
    const bytes = forge('{"\u00e9":{}}');
    bytes[10] = 0xff;
    expect(failure(bytes).message).toBe('x.safetensors: the header is not UTF-8.');
  });

  test.each<[string, unknown, number, string, string]>([
    ['an entry that is no object', { wte: 1 }, 0, 'wte', 'expected an object, got 1'],
    ['an entry that is a list', { wte: [] }, 0, 'wte', 'expected an object, got []'],
    [
      'a dtype of other readers',
      tensor({ dtype: 'F64', shape: [1] }),
      8,
      'wte',
      'dtype must be F32 or I32, got "F64"',
    ],
    ['unknown dtype', tensor({ dtype: 'F4' }), 8, 'wte', 'dtype must be one of F64, F32,'],
    ['no dtype', tensor({ dtype: undefined }), 8, 'wte', 'dtype must be one of F64, F32, F16,'],
    [
      'negative dimension',
      tensor({ shape: [-2, -1] }),
      8,
      'wte',
      'shape must be a list of non-negative integers, got [-2,-1]',
    ],
    [
      'fractional dimension',
      tensor({ shape: [0.5, 4] }),
      8,
      'wte',
      'shape must be a list of non-negative integers, got [0.5,4]',
    ],
    [
      'dimension past 2^53',
      tensor({ shape: [2 ** 53, 0] }),
      8,
      'wte',
      'shape must be a list of non-negative integers, got [9007199254740992,0]',
    ],
    [
      'shape is no list',
      tensor({ shape: 2 }),
      8,
      'wte',
      'shape must be a list of non-negative integers, got 2',
    ],
    [
      'offsets reversed',
      tensor({ data_offsets: [8, 0] }),
      8,
      'wte',
      'data_offsets must be [begin, end], got [8,0]',
    ],
    ['one offset', tensor({ data_offsets: [8] }), 8, 'wte', 'data_offsets must be [begin, end], got [8]'],
    [
      'negative offset',
      tensor({ data_offsets: [-8, 0] }),
      8,
      'wte',
      'data_offsets must be [begin, end], got [-8,0]',
    ],
    ['data past the end', tensor({}), 7, 'wte', 'data ends at byte 8, but the file holds 7'],
    [
      'shape larger than its bytes',
      tensor({ shape: [3] }),
      8,
      'wte',
      'shape [3] of F32 needs 12 bytes, data_offsets give 8',
    ],
    [
      'shape smaller than its bytes',
      tensor({ shape: [] }),
      8,
      'wte',
      'shape [] of F32 needs 4 bytes, data_offsets give 8',
    ],
    [
      'a product that 64 bits wrap to the right size',
      tensor({ shape: [2 ** 52, 2 ** 10], data_offsets: [0, 0] }),
      0,
      'wte',
      'shape [4503599627370496,1024] of F32 needs 18446744073709552000 bytes, data_offsets give 0',
    ],
    [
      'a product past 2^53 that a double rounds',
      tensor({ shape: [2 ** 53 - 1, 3] }),
      8,
      'wte',
      'shape [9007199254740991,3] of F32 needs',
    ],
    [
      'a product past every double',
      tensor({ shape: [...new Array(20).fill(2 ** 53 - 1), 0], data_offsets: [0, 0] }),
      0,
      'wte',
      'shape [9007199254740991,',
    ],
    [
      'overlap',
      { ...tensor({}), wpe: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } },
      8,
      'wpe',
      'data begins at byte 4, but the tensor before it ends at 8',
    ],
    [
      'the same bytes twice',
      { ...tensor({}), wpe: tensor({}).wte },
      8,
      'wpe',
      'data begins at byte 0, but the tensor before it ends at 8',
    ],
    [
      'a hole between tensors',
      { ...tensor({}), wpe: { dtype: 'F32', shape: [1], data_offsets: [12, 16] } },
      16,
      'wpe',
      'data begins at byte 12, but the tensor before it ends at 8',
    ],
    [
      'a hole at the start',
      tensor({ data_offsets: [4, 12] }),
      12,
      'wte',
      'data begins at byte 4, but the tensor before it ends at 0',
    ],
    [
      'metadata that is no object',
      { __metadata__: 'text' },
      0,
      '__metadata__',
      'expected an object, got "text"',
    ],
    ['metadata that is no text', { __metadata__: { step: 3 } }, 0, 'step', 'metadata must be text, got 3'],
  ])('%s', (_, header, dataBytes, field, problem) => {
    const error = failure(forge(header, dataBytes));
    expect(error.field).toBe(field);
    expect(error.message).toContain(`x.safetensors: ${field}: ${problem}`);
  });

  test.each([1, 4, 8])('%i bytes after the last tensor', (extra) => {
    expect(failure(forge(tensor({}), 8 + extra)).message).toBe(
      `x.safetensors: ${extra} bytes after the last tensor belong to none.`,
    );
  });

  test('a lie about `__proto__` names it', () => {
    expect(failure(forge('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}', 8)).field).toBe(
      '__proto__',
    );
  });
});
