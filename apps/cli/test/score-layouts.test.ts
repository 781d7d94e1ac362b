/** `gpt score --tokens --logits` on a folder of each of Hugging Face's three layouts. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { concatBytes, decodeSafetensors, encodeSafetensors, type PlainTensor } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { gpt, newFolder } from './gpt.js';

const folder = newFolder();
const golden = (name: string) =>
  decodeSafetensors(readFileSync(new URL(`../../../tooling/golden/${name}`, import.meta.url)), name).tensors;

/** A folder as others write it. */
function write(name: string, config: object, tensors: ReadonlyMap<string, PlainTensor>): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
  writeFileSync(join(dir, 'model.safetensors'), concatBytes(encodeSafetensors(tensors)));
  return dir;
}

/** Largest difference of the logits that `gpt score` writes from those wanted, `[T, V]`. */
async function difference(dir: string, ids: ArrayLike<number>, want: ArrayLike<number>): Promise<number> {
  const file = join(dir, 'logits.safetensors');
  const tokens = JSON.stringify(Array.from(ids));
  const { code, stderr } = await gpt('score', '--model', dir, '--tokens', tokens, '--logits', file);
  expect(code, stderr).toBe(0);
  const { data } = decodeSafetensors(readFileSync(file), file).tensors.get('logits')!;
  expect(data.length).toBe(want.length);
  return Array.from(data).reduce((most, x, i) => Math.max(most, Math.abs(x - want[i])), 0);
}

test('gpt2: the logits of PyTorch', async () => {
  const config = JSON.parse(
    readFileSync(new URL('../../../tooling/golden/gpt2-tiny/config.json', import.meta.url), 'utf8'),
  );
  const prefixed = new Map(
    [...golden('gpt2-tiny/weights.safetensors')].map(([name, tensor]) => [`transformer.${name}`, tensor]),
  );
  const dir = write('gpt2', { ...config, model_type: 'gpt2' }, prefixed);
  const forward = golden('gpt2-tiny/forward.safetensors');
  const [ids, logits] = [forward.get('input_ids')!.data, forward.get('logits')!.data];
  expect(await difference(dir, ids.slice(0, 29), logits.slice(0, 29 * 97))).toBeLessThan(1e-5); // seen: 1.2e-6
});

test('openai-gpt: the logits of PyTorch', async () => {
  const tensors = new Map(
    [...golden('gpt1-tiny/weights.safetensors')].filter(([name]) => !name.includes('clf')),
  );
  const sizes = { vocab_size: 64, n_positions: 24, n_ctx: 24, n_embd: 32, n_layer: 2, n_head: 4 };
  const dir = write('gpt1', { model_type: 'openai-gpt', afn: 'gelu', ...sizes }, tensors);
  const forward = golden('gpt1-tiny/classification.forward.safetensors');
  const ids = forward.get('tokens')!.data.slice(0, 24);
  const joint = forward.get('lm_logits')!.data.slice(0, 24 * 88); // positions' scores follow the tokens'
  expect(
    await difference(
      dir,
      ids,
      Float32Array.from(joint).filter((_, i) => i % 88 < 64),
    ),
  ).toBeLessThan(1e-5); // seen: 7e-7
});

test('gpt_neo: the logits of its definition', async () => {
  const dir = join(folder, 'neo');
  const script = fileURLToPath(new URL('../../../tooling/layouts/write.mjs', import.meta.url));
  execFileSync(process.execPath, [script, 'gpt_neo', dir]);
  const { ids, logits } = JSON.parse(readFileSync(join(dir, 'expected.json'), 'utf8'));
  expect(await difference(dir, ids, logits.flat())).toBeLessThan(1e-5); // seen: 2.9e-6
});
