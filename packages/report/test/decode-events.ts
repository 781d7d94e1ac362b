/** Reads TensorBoard's files, written from the specifications of TFRecord and protobuf and sharing no code with the writer. */

export interface DecodedEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  values: DecodedValue[];
}

interface DecodedValue {
  tag: string;
  number?: number;
  plugin?: string;
  dtype?: number;
  shape?: number[];
  texts?: string[];
}

/** Bit by bit. */
export function naiveCrc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const low = (crc ^ (byte >> bit)) & 1;
      crc = (crc >>> 1) ^ (low ? 0x82f63b78 : 0);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The data of each record; throws where a checksum is wrong. */
export function decodeRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const data = file.slice(at + 12, at + 12 + length);
    assertCrc(file.slice(at, at + 8), view.getUint32(at + 8, true));
    assertCrc(data, view.getUint32(at + 12 + length, true));
    records.push(data);
    at += length + 16;
  }
  return records;
}

function assertCrc(bytes: Uint8Array, found: number): void {
  const crc = BigInt(naiveCrc32c(bytes));
  const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn;
  const masked = (rotated + 0xa282ead8n) & 0xffffffffn;
  if (BigInt(found) !== masked) throw new Error(`checksum ${found}, expected ${masked}`);
}

type Field = { number: number; value: bigint | Uint8Array };

/** Every field of a message, in order. */
function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('a varint is cut short');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const take = (count: number): Uint8Array => {
    if (at + count > message.length) throw new Error('a field is cut short');
    return message.slice(at, (at += count));
  };
  while (at < message.length) {
    const key = Number(varint());
    const number = key >> 3;
    const type = key & 7;
    if (type === 0) fields.push({ number, value: varint() });
    else if (type === 1) fields.push({ number, value: take(8) });
    else if (type === 2) fields.push({ number, value: take(Number(varint())) });
    else if (type === 5) fields.push({ number, value: take(4) });
    else throw new Error(`wire type ${type}`);
  }
  return fields;
}

const all = (message: Uint8Array, number: number) =>
  fieldsOf(message)
    .filter((field) => field.number === number)
    .map(({ value }) => value as Uint8Array);
const one = (message: Uint8Array, number: number) => all(message, number)[0] as Uint8Array | undefined;
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const view = (bytes: Uint8Array) => new DataView(bytes.buffer);

/** tensorflow/core/util/event.proto: Event */
export function decodeEvent(message: Uint8Array): DecodedEvent {
  const version = one(message, 3);
  return {
    wallTime: view(one(message, 1)!).getFloat64(0, true),
    step: Number(one(message, 2)),
    ...(version && { fileVersion: text(version) }),
    values: all(message, 5)
      .flatMap((summary) => all(summary, 1))
      .map(decodeValue),
  };
}

/** tensorflow/core/framework/summary.proto: Summary.Value */
function decodeValue(message: Uint8Array): DecodedValue {
  const number = one(message, 2);
  const tensor = one(message, 8);
  const metadata = one(message, 9);
  return {
    tag: text(one(message, 1)!),
    ...(number && { number: view(number).getFloat32(0, true) }),
    ...(metadata && { plugin: text(one(one(metadata, 1)!, 1)!) }),
    ...(tensor && {
      dtype: Number(one(tensor, 1)),
      shape: all(one(tensor, 2)!, 2).map((dimension) => Number(one(dimension, 1))),
      texts: all(tensor, 8).map(text),
    }),
  };
}
