/** OpenAI's GPT-1 release in small: the format as published, the bytes made here. */
import { concatBytes, MemoryStorage } from '@gpt-ts/core';
import { GPT1_SHAPES_FILE, type GPTConfig, gptConfig } from '@gpt-ts/model';
import { randomValues } from './tiny-models.js';

const rates = { embdPdrop: 0.1, attnPdrop: 0.1, residPdrop: 0.1 };

/** 12 heads of width 2. */
export const releaseConfig: GPTConfig = gptConfig({
  ...{ nLayer: 2, nHead: 12, nEmbd: 24, nCtx: 5, nVocab: 7, norm: 'post' },
  ...rates,
});
export const releaseValues: ReadonlyMap<string, Float32Array> = randomValues(releaseConfig, 'gpt-ts', 1);

const block = [
  ...[[1, 24, 72], [72], [1, 24, 24], [24], [24], [24]],
  ...[[1, 24, 96], [96], [1, 96, 24], [24], [24], [24]],
];

/** What `params_shapes.json` says. */
export const releaseShapes: readonly number[][] = [[5, 24], [7, 24], ...block, ...block];

/** The order of `train.py`, written out. */
const ORDER = [
  ...['wpe.weight', 'wte.weight'],
  ...[0, 1].flatMap((i) =>
    ['attn.c_attn', 'attn.c_proj', 'ln_1', 'mlp.c_fc', 'mlp.c_proj', 'ln_2'].flatMap((part) =>
      ['weight', 'bias'].map((kind) => `h.${i}.${part}.${kind}`),
    ),
  ),
];

/** An array as NumPy saves it. */
export function npy(data: Uint8Array, { version = 1, header = '', descr = '<f4' } = {}): Uint8Array {
  const dict = header || `{'descr': '${descr}', 'fortran_order': False, 'shape': (${data.length / 4},), }`;
  const before = version === 1 ? 10 : 12;
  const text = `${dict.padEnd(Math.ceil((before + dict.length + 1) / 64) * 64 - before - 1)}\n`;
  const head = new Uint8Array(before);
  head.set([0x93, ...Buffer.from('NUMPY'), version, 0]);
  const view = new DataView(head.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  return concatBytes([head, Buffer.from(text), data]);
}

/** The release, cut at places that are no borders of tensors. */
export function gpt1Release(version = 1): MemoryStorage {
  const all = concatBytes(
    ORDER.map((name) => {
      const { buffer, byteOffset, byteLength } = releaseValues.get(name)!;
      return new Uint8Array(buffer, byteOffset, byteLength);
    }),
  );
  const storage = new MemoryStorage();
  storage.files.set(GPT1_SHAPES_FILE, Buffer.from(JSON.stringify(releaseShapes)));
  const cut = 4 * Math.floor(all.length / 4 / 9.7);
  for (let i = 0; i < 10; i++) {
    const part = all.subarray(i * cut, i === 9 ? all.length : (i + 1) * cut);
    storage.files.set(`params_${i}.npy`, npy(part, { version }));
  }
  return storage;
}
