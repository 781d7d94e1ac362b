/** Ways to damage a file. */
import type { Random } from '@gpt-ts/core';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const splice = (bytes: Uint8Array, at: number, removed: number, added: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);

const flip: Mutation = (bytes, random) => {
  const out = bytes.slice();
  for (let n = 1 + random.int(3); n > 0 && out.length > 0; n--)
    out[random.int(out.length)] ^= 1 << random.int(8);
  return out;
};
const cut: Mutation = (bytes, random) => bytes.slice(0, random.int(bytes.length + 1));
const insert: Mutation = (bytes, random) => {
  const added = Uint8Array.from({ length: 1 + random.int(9) }, () => random.int(256));
  return splice(bytes, random.int(bytes.length + 1), 0, added);
};
const remove: Mutation = (bytes, random) => {
  return splice(bytes, random.int(bytes.length + 1), 1 + random.int(9), new Uint8Array());
};
const repeat: Mutation = (bytes, random) => {
  const at = random.int(bytes.length + 1);
  return splice(bytes, at, 0, bytes.slice(at, at + 1 + random.int(80)));
};
const int32: Mutation = (bytes, random) => {
  const out = bytes.slice();
  if (out.length < 64) return out;
  const values = [-1, 0, 1, 2, 2 ** 24, 2 ** 24 + 1, 2 ** 31 - 1, -(2 ** 31), random.int(300)];
  new DataView(out.buffer).setInt32(4 * random.int(12), values[random.int(values.length)], true);
  return out;
};

/** Replaces one value in JSON text, or exchanges two. */
const json: Mutation = (bytes, random) => {
  const text = Buffer.from(bytes).toString('latin1');
  const places = [...text.matchAll(/-?\d+(\.\d+)?(e-?\d+)?|"[^"]*"|\b(true|false|null)\b/g)];
  if (places.length === 0) return bytes;
  const place = places[random.int(places.length)];
  const other = places[random.int(places.length)][0];
  const values = [
    ...[
      '1e999',
      '-1',
      '0',
      '0.5',
      '1048576',
      '16777216',
      '16777217',
      '4294967296',
      '9007199254740993',
      '1e16',
      '1e-400',
    ],
    ...[
      'null',
      'true',
      '"x"',
      '[]',
      '{}',
      '[[]]',
      '""',
      '"gpt_neo"',
      '"BF16"',
      '"F64"',
      '"I8"',
      '"__proto__"',
    ],
    ...['[1,2,3]', '[0,4]', '[4,0]', `${random.int(400)}`, '['.repeat(20_000), '{"a":'.repeat(20_000)],
    `${'['.repeat(70)}${']'.repeat(70)}`,
  ];
  const value = random.uniform() < 0.3 ? other : values[random.int(values.length)];
  return splice(bytes, place.index, place[0].length, Buffer.from(value, 'latin1'));
};

/** A damaged text: mostly values of it are changed, and sometimes bytes. */
export function damageText(bytes: Uint8Array, random: Random): Uint8Array {
  const mutations = [json, json, json, json, flip, cut, insert, remove, repeat];
  return mutations[random.int(mutations.length)](bytes, random);
}

/** Damaged bytes: mostly their beginning is changed. */
export function damageBytes(bytes: Uint8Array, headerBytes: number, random: Random): Uint8Array {
  const mutations = [flip, int32, insert, remove, repeat];
  const header = mutations[random.int(mutations.length)](bytes.slice(0, headerBytes), random);
  if (random.uniform() < 0.7) return splice(bytes, 0, headerBytes, header);
  return [cut, insert, remove][random.int(3)](bytes, random);
}

/** A damaged safetensors file; the length of its header is true again in most cases, so that more than that is looked at. */
export function damageSafetensors(bytes: Uint8Array, random: Random): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (random.uniform() < 0.2) return damageBytes(bytes, 8 + length, random);
  const header = damageText(bytes.slice(8, 8 + length), random);
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(header.length), true);
  return splice(bytes, 0, 8 + length, Buffer.concat([head, header]));
}
