import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  encodeSafetensors,
  InvalidArgumentError,
  InvalidFileError,
  MemoryStorage,
  openSafetensors,
  type Storage,
} from '@gpt-ts/core';
import { emptyParameter, memory, parameter } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  checkpointBytes,
  contentOf,
  disposeAll,
  sealed,
  watchReads,
} from '../../test/support/checkpoints.js';
import { checkpointName } from './checkpoint-name.js';
import { openCheckpoint } from './open-checkpoint.js';
import { writeCheckpoint } from './write-checkpoint.js';

const FILE = 'checkpoint-00000007.safetensors';
const bitsOf = (values: ArrayBufferView) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

/** Values that a conversion would change: a signalling NaN with a payload, -0, the smallest, the largest. */
const odd = new Float32Array(
  Uint32Array.of(0x7fa12345, 0xffc00001, 0x80000000, 1, 0x7f800000, 0x7f7fffff, 0x3f800001).buffer,
);
const large = Float32Array.from({ length: 2 ** 20 + 3 }, (_, i) => Math.sin(i)); // several pieces

beforeAll(async () => {
  await useWasmBackend({ threads: 1 });
});

function holding(bytes: Uint8Array, name = FILE): MemoryStorage {
  const storage = new MemoryStorage();
  storage.files.set(name, bytes);
  return storage;
}

describe('a checkpoint', () => {
  test('comes back as it was written, every bit', async () => {
    const before = memory();
    const content = contentOf({ 'model.wte.weight': odd, 'exp_avg.wte.weight': large });
    const text = new Map([
      ['config', '{"n_layer":1}'],
      ['note', 'Grüße, "\u0000" \ud83d\ude00 and half of it: \ud83d'],
      ['__proto__', 'a key'],
      ['7', 'a number'],
    ]);
    const files = new Map([
      ['vocab.json', Uint8Array.from({ length: 256 }, (_, i) => i)],
      ['empty', new Uint8Array()],
    ]);
    const storage = new MemoryStorage();
    expect(await writeCheckpoint(storage, 7, { ...content, metadata: text, files })).toBe(FILE);
    expect([...storage.files.keys()]).toEqual([FILE]);

    await using checkpoint = await openCheckpoint(storage, FILE);
    expect(checkpoint.file).toBe(FILE);
    expect(checkpoint.step).toBe(7);
    expect(new Map(checkpoint.metadata)).toEqual(text);
    expect([...checkpoint.shapes]).toEqual([
      ['model.wte.weight', [7]],
      ['exp_avg.wte.weight', [large.length]],
    ]);
    expect(await checkpoint.readFiles()).toEqual(files);
    const copies = new Map([...checkpoint.shapes].map(([name, shape]) => [name, emptyParameter(shape)]));
    await checkpoint.readInto(copies);
    expect(bitsOf(await copies.get('model.wte.weight')!.data())).toBe(bitsOf(odd));
    expect(bitsOf(await copies.get('exp_avg.wte.weight')!.data()) === bitsOf(large)).toBe(true);

    const again = await checkpointBytes(7, { metadata: checkpoint.metadata, tensors: copies, files });
    expect(bitsOf(again) === bitsOf(storage.files.get(FILE)!)).toBe(true);
    disposeAll(content);
    disposeAll({ tensors: copies });
    expect(memory()).toEqual(before);
  });

  test('is a plain safetensors file, its floats aligned', async () => {
    const content = contentOf({ 'model.a': odd, 'model.b': Float32Array.of(1, 2) });
    const storage = holding(await checkpointBytes(7, content));
    await using file = (await storage.open(FILE))!;
    const { entries, metadata } = await openSafetensors(file, FILE); // refuses holes and overlaps
    expect([...entries.keys()]).toEqual(['model.a', 'model.b', 'file.vocab.bpe', 'checksum']);
    expect(entries.get('model.a')!.begin % 8).toBe(0);
    expect([...metadata.keys()]).toEqual(['format', 'step', 'recipe']);
    disposeAll(content);
  });

  test('fetches a tensor when those before it are written', async () => {
    const log: string[] = [];
    const tensors = ['a', 'b'].map((name) => {
      const made = parameter(Float32Array.of(1), [1]);
      const { data } = made;
      made.data = (() => {
        log.push(`fetch ${name}`);
        return data.call(made);
      }) as typeof data;
      return [name, made] as const;
    });
    const storage = new MemoryStorage();
    storage.write = async (_, chunks) => {
      for await (const chunk of chunks) log.push(`${chunk.length > 8 ? 'header' : chunk.length}`);
    };
    await writeCheckpoint(storage, 1, {
      ...{ metadata: new Map(), tensors: new Map(tensors), files: new Map() },
    });
    expect(log).toEqual(['header', 'fetch a', '4', 'fetch b', '4', '4']);
    disposeAll({ tensors: new Map(tensors) });
  });

  test('takes no name that is its own, no path, and no text that its reader would refuse', async () => {
    const one = contentOf({ a: odd });
    const write = (changes: object) => checkpointBytes(1, { ...one, ...changes });
    const bytes = new Uint8Array(1);
    for (const name of ['checksum', 'file.a', '__metadata__']) {
      await expect(write({ tensors: new Map([[name, one.tensors.get('a')]]) })).rejects.toThrow(
        InvalidArgumentError,
      );
    }
    for (const name of ['', '.', '..', '../a', 'a/b', 'a\\b', '/etc/passwd', 'a\0', '.hidden', 'c:a']) {
      await expect(write({ files: new Map([[name, bytes]]) })).rejects.toThrow(InvalidArgumentError);
    }
    await expect(write({ metadata: new Map([['step', '5']]) })).rejects.toThrow(
      'metadata must be a free name, got "step".',
    );
    await expect(write({ metadata: new Map([['log', 'x'.repeat(2 ** 20)]]) })).rejects.toThrow(
      /^metadata must be short enough for a header of 1048576 bytes, got "\d+ bytes"\. Put long content into files\.$/,
    );
    await expect(checkpointBytes(-1, one)).rejects.toThrow(InvalidArgumentError);
    disposeAll(one);
  });

  test('names a tensor that is missing or has another shape, and changes none', async () => {
    const content = contentOf({ 'model.a': Float32Array.of(1, 2), 'model.b': Float32Array.of(3) });
    await using checkpoint = await openCheckpoint(holding(await checkpointBytes(7, content)), FILE);
    const a = emptyParameter([2]);
    const read = (name: string, shape: number[]) => {
      const other = emptyParameter(shape);
      const reading = checkpoint.readInto(
        new Map([
          ['model.a', a],
          [name, other],
        ]),
      );
      return reading.finally(() => other.dispose());
    };
    await expect(read('model.c', [1])).rejects.toThrow(`${FILE}: model.c: the tensor is missing.`);
    await expect(read('file.vocab.bpe', [14])).rejects.toThrow(`file.vocab.bpe: the tensor is missing.`);
    await expect(read('model.b', [2])).rejects.toThrow(`${FILE}: model.b: expected the shape [2], got [1].`);
    await expect(read('model.b', [1, 1])).rejects.toThrow('expected the shape [1, 1], got [1].');
    expect([...(await a.data())]).toEqual([0, 0]);
    await read('model.b', [1]);
    expect([...(await a.data())]).toEqual([1, 2]);
    a.dispose();
    disposeAll(content);
  });

  test('is verified in pieces, whatever its size', async () => {
    const content = contentOf({ 'model.a': large });
    const { storage, largest } = watchReads(holding(await checkpointBytes(7, content)));
    await (await openCheckpoint(storage, FILE))[Symbol.asyncDispose]();
    expect(largest()).toBe(2 ** 20);
    disposeAll(content);
  });
});

describe('what is no checkpoint is refused by name, its file closed', () => {
  /** What opening says. */
  async function refusal(storage: Storage, file = FILE): Promise<string> {
    let open = 0;
    const counting: Storage = Object.create(storage);
    counting.open = async (name) => {
      const stored = await storage.open(name);
      if (stored === undefined) return undefined;
      open++;
      return {
        size: stored.size,
        read: (position, target) => stored.read(position, target),
        async [Symbol.asyncDispose]() {
          open--;
        },
      };
    };
    const error = await openCheckpoint(counting, file).then(
      () => 'accepted',
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InvalidFileError);
    expect((error as InvalidFileError).file).toBe(file);
    expect(open).toBe(0);
    return (error as InvalidFileError).message;
  }

  test('one that is not there', async () => {
    expect(await refusal(new MemoryStorage())).toBe(`${FILE}: there is no such checkpoint.`);
  });

  test('one that is cut short or damaged, with what was expected and found', async () => {
    const content = contentOf({ 'model.a': odd });
    const bytes = await checkpointBytes(7, content);
    disposeAll(content);
    expect(await refusal(holding(bytes.subarray(0, -1)))).toBe(
      `${FILE}: checksum: data ends at byte 46, but the file holds 45. The file is cut short.`,
    );
    expect(await refusal(holding(bytes.subarray(0, 5)))).toContain('5 bytes are too few');
    const flipped = bytes.slice();
    flipped[bytes.length - 20] ^= 4;
    expect(await refusal(holding(flipped))).toMatch(
      /^checkpoint-00000007\.safetensors: the checksum differs: expected [0-9a-f]{8}, found [0-9a-f]{8}\. The file was/,
    );
    expect(await refusal(holding(bytes, checkpointName(8)), checkpointName(8))).toContain(
      'step: expected 8 as in the name, got 7',
    );
  });

  test('other safetensors files, and formats to come', async () => {
    const plain = (metadata: Map<string, string>) => {
      const file = encodeSafetensors(new Map([['a', { shape: [1], data: Float32Array.of(1) }]]), metadata);
      return holding(Buffer.concat(file));
    };
    expect(await refusal(plain(new Map()))).toBe(
      `${FILE}: is not a checkpoint. This program reads "gpt-ts checkpoint 2".`,
    );
    expect(await refusal(plain(new Map([['format', 'pt']])))).toContain('is not a checkpoint');
    expect(await refusal(plain(new Map([['format', 'gpt-ts checkpoint 3']])))).toBe(
      `${FILE}: format: "gpt-ts checkpoint 3" is not known. This program reads "gpt-ts checkpoint 2".`,
    );
  });

  const meta = '"__metadata__":{"format":"gpt-ts checkpoint 2","step":"7"}';
  const entry = (dtype: string, shape: string, from: number, to: number) =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${from},${to}]}`;
  const sum = (at: number) => `"checksum":${entry('U8', '[4]', at, at + 4)}`;
  const of = (...parts: string[]) => `{${[meta, ...parts].join()}}`;
  const many = Array.from({ length: 120_000 }, (_, i) => `"${i}":""`).join();

  test.each<[string, string, number, bigint?]>([
    ['the header claims 9223372036854775807 bytes', of(sum(0)), 0, 2n ** 63n - 1n],
    ['the header claims 1099511627776 bytes', of(sum(0)), 0, 2n ** 40n],
    ['more than the limit of 1048576', ' '.repeat(2 ** 20 + 1), 0],
    ['more than the limit of 1048576', `{"__metadata__":{${many}},${many}}`, 0],
    ['is nested deeper than 64 levels', `${'{"a":'.repeat(100_000)}`, 0],
    ['the key "checksum" comes twice', of(sum(0), sum(0)), 0],
    ['the key "a" comes twice', of(`"a":${entry('F32', '[0]', 0, 0)},"a":1`), 0],
    ['the key "format" comes twice', '{"__metadata__":{"format":"a","format":"b"}}', 0],
    ['a: data ends at byte 4398046511104', of(`"a":${entry('F32', '[1099511627776]', 0, 2 ** 42)}`), 8],
    ['a: shape must be a list', of(`"a":${entry('F32', '[-1]', 0, 4)}`, sum(4)), 4],
    ['a: shape must be a list', of(`"a":${entry('F32', '[1.5]', 0, 6)}`, sum(6)), 6],
    ['a: data_offsets must be', of(`"a":${entry('F32', '[1]', -4, 0)}`, sum(0)), 0],
    ['a: data_offsets must be', of(`"a":${entry('F32', '[1]', 4, 0)}`, sum(4)), 4],
    [
      'a: shape [9007199254740991,9007199254740991] of F32',
      of(`"a":${entry('F32', `[${2 ** 53 - 1},${2 ** 53 - 1}]`, 0, 4)}`, sum(4)),
      4,
    ],
    [
      'b: data begins at byte 0',
      of(`"a":${entry('F32', '[1]', 0, 4)},"b":${entry('F32', '[1]', 0, 4)}`, sum(4)),
      4,
    ],
    ['checksum: data begins at byte 8', of(`"a":${entry('F32', '[1]', 0, 4)}`, sum(8)), 8],
    ['4 bytes after the last tensor belong to none', of(sum(0)), 4],
    ['checksum: the tensor is missing', of(`"a":${entry('F32', '[1]', 0, 4)}`), 0],
    ['checksum: expected 4 bytes at the end', of(`"a":${entry('F32', '[1]', 4, 8)}`, sum(0)), 4],
    ['checksum: expected 4 bytes at the end', of(`"checksum":${entry('U8', '[8]', 0, 8)}`), 4],
    ['checksum: expected U8, got F32', of(`"checksum":${entry('F32', '[1]', 0, 4)}`), 0],
    ['a: expected F32, got I32', of(`"a":${entry('I32', '[1]', 0, 4)}`, sum(4)), 4],
    ['file.a: expected U8, got F32', of(`"file.a":${entry('F32', '[1]', 0, 4)}`, sum(4)), 4],
    ['file.../a: a file needs a plain name', of(`"file.../a":${entry('U8', '[4]', 0, 4)}`, sum(4)), 4],
    ['file.: a file needs a plain name', of(`"file.":${entry('U8', '[0]', 0, 0)}`, sum(0)), 0],
    ['step: expected a count, got -7', of(sum(0)).replace('"7"', '"-7"'), 0],
    ['step: expected a count, got nothing', of(sum(0)).replace('"step"', '"pets"'), 0],
    ['step: metadata must be text, got 7', of(sum(0)).replace('"7"', '7'), 0],
  ])('made on purpose: %s', async (message, header, dataBytes, headerBytes) => {
    const bytes = sealed(header, new Uint8Array(dataBytes), headerBytes);
    const { storage, largest } = watchReads(holding(bytes));
    expect(await refusal(storage)).toContain(message);
    expect(largest()).toBeLessThanOrEqual(Math.min(bytes.length, 2 ** 20));
  });

  test('but what is made on purpose and right is read', async () => {
    await using checkpoint = await openCheckpoint(holding(sealed(of(sum(0)), new Uint8Array())), FILE);
    expect(checkpoint.step).toBe(7);
  });
});
