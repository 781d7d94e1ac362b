import { expect, test } from 'vitest';
import { ByteBuffer } from './byte-buffer.js';
import { ProtobufWriter } from './protobuf.js';

function written(write: (fields: ProtobufWriter) => void): string {
  const out = new ByteBuffer();
  write(new ProtobufWriter(out));
  return Buffer.from(out.slice()).toString('hex');
}

test('the examples of the specification', () => {
  expect(written((fields) => fields.varint(1, 150))).toBe('089601');
  expect(written((fields) => fields.text(2, 'testing'))).toBe('120774657374696e67');
  expect(written((fields) => fields.message(3, () => fields.varint(1, 150)))).toBe('1a03089601');
});

test('numbers by hand', () => {
  expect(written((fields) => fields.varint(1, 0))).toBe('0800');
  expect(written((fields) => fields.varint(1, 127))).toBe('087f');
  expect(written((fields) => fields.varint(1, 128))).toBe('088001');
  expect(written((fields) => fields.varint(16, 2 ** 40))).toBe('8001808080808020'); // field 16 takes two bytes
  expect(written((fields) => fields.varint(1, Number.MAX_SAFE_INTEGER))).toBe('08ffffffffffffff0f');
  expect(written((fields) => fields.double(1, 1))).toBe('09000000000000f03f');
  expect(written((fields) => fields.float(2, -2))).toBe('15000000c0');
});

test.each([0, 1, 127, 128, 300, 16_383, 16_384, 100_000])('a message of %i bytes in a message', (length) => {
  const inner = written((fields) => fields.text(1, 'x'.repeat(length)));
  const outer = written((fields) => {
    fields.message(7, () => fields.text(1, 'x'.repeat(length)));
    fields.varint(1, 1);
  });
  expect(outer.startsWith('3a')).toBe(true);
  expect(outer.endsWith(`${inner}0801`)).toBe(true);
  const size = Buffer.from(outer.slice(2, -inner.length - 4), 'hex'); // the length, as a varint
  const value = size.reduce((sum, byte, i) => sum + (byte & 127) * 128 ** i, 0);
  expect(value).toBe(inner.length / 2);
  expect([...size].map((byte) => byte > 127)).toEqual([...size].map((_, i) => i < size.length - 1));
});
