import { describe, expect, test } from 'vitest';
import { crc32c } from './crc32c.js';
import type { LazyTensor } from './safetensors-stream.js';
import { openSafetensors } from './safetensors-stream.js';
import { sealedSafetensors, storedChecksum, verifyChecksum } from './sealed-safetensors.js';
import { MemoryStorage } from './storage.js';

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => i * 7);

/** A sealed file of one tensor, in chunks. */
async function sealed(length: number): Promise<MemoryStorage> {
  const bytes = bytesOf(length);
  const a: LazyTensor = {
    dtype: 'U8',
    shape: [length],
    chunks: () => [bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)],
  };
  const storage = new MemoryStorage();
  await storage.write('x', sealedSafetensors(new Map([['a', a]]), new Map([['kind', 'test']])));
  return storage;
}

describe('a sealed file', () => {
  test('ends with the CRC-32C of what is before it, in a tensor of its own', async () => {
    const storage = await sealed(1000);
    const bytes = storage.files.get('x')!;
    const file = (await storage.open('x'))!;
    const { entries, metadata } = await openSafetensors(file, 'x');
    expect([...entries.keys()]).toEqual(['a', 'checksum']);
    expect(metadata).toEqual(new Map([['kind', 'test']]));
    const last = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
    expect(last).toBe(crc32c(bytes.subarray(0, -4)));
    expect(await storedChecksum(file)).toBe(last);
    await verifyChecksum(file, 'x');
  });

  test.each([0, 1000, 2 ** 20, 2 ** 21 + 12_345])(
    'of %i bytes is looked at piece by piece, in order',
    async (length) => {
      const storage = await sealed(length);
      const whole = storage.files.get('x')!;
      const seen = new Uint8Array(whole.length - 4);
      const positions: number[] = [];
      await verifyChecksum((await storage.open('x'))!, 'x', (piece, position) => {
        seen.set(piece, position);
        positions.push(position);
      });
      expect(Buffer.compare(seen, whole.subarray(0, -4))).toBe(0);
      expect(positions).toEqual(
        Array.from({ length: Math.ceil(seen.length / 2 ** 20) }, (_, i) => i * 2 ** 20),
      );
    },
  );

  test('that was changed is refused with both checksums', async () => {
    const storage = await sealed(1000);
    storage.files.get('x')![700] ^= 4;
    await expect(verifyChecksum((await storage.open('x'))!, 'x')).rejects.toThrow(
      /^x: the checksum differs: expected [0-9a-f]{8}, found [0-9a-f]{8}\. The file was damaged/,
    );
  });
});
