/** Runs the comparisons with PyTorch in plain Node, on the built packages, for both backends. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const scripts: Record<string, URL> = {
  'gpt1-tiny': new URL('gpt1-tiny.mjs', import.meta.url),
  'gpt2-tiny': new URL('gpt2-tiny.mjs', import.meta.url),
  'gpt3-tiny': new URL('gpt3-tiny.mjs', import.meta.url),
};

/** The largest difference allowed, and the largest seen: on wasm, on the reference. */
const BOUNDS: Record<string, Record<string, number>> = {
  'gpt1-tiny': {
    hidden: 5e-6, // 9.5e-7, 4.8e-7
    logits: 5e-6, // 7.2e-7, 2.4e-7
    'task logits': 5e-6, // 9.5e-7, 4.8e-7
    loss: 2e-6, // 3.9e-7, 3.0e-7
    'training loss': 2e-5, // 5.1e-6, 3.0e-7
    'gradient norm': 2e-4, // 6.3e-5, 2.6e-6: the norms are around 3
    gradients: 2e-6, // 4.8e-7, 6.0e-7
    'parameters after 5 steps': 5e-5, // 1.4e-5, 3.5e-6
    'loss after training': 2e-5, // 4.2e-6, 1.7e-7
  },
  'gpt2-tiny': {
    hidden: 5e-6, // 1.7e-6, 7.2e-7
    logits: 5e-6, // 1.3e-6, 3.6e-7
    loss: 2e-6, // 9.5e-7, 4.8e-7
    gradients: 4e-7, // 8.0e-8, 3.0e-8
    'training loss': 1e-6, // 2.5e-7, 2.3e-7
    'gradient norm': 1e-6, // 3.3e-7, 1.0e-7
    'parameters after 5 steps': 1e-5, // 1.9e-6, 3.1e-7
    exp_avg: 5e-8, // 1.1e-8, 3.7e-9
    exp_avg_sq: 2e-9, // 4.7e-10, 2.0e-10
    'loss after training': 5e-7, // 1.0e-8, 1.0e-8
  },
  'gpt3-tiny': {
    hidden: 2e-5, // 8.2e-6, 1.7e-6
    logits: 1e-5, // 2.3e-6, 6.4e-7
    loss: 2e-6, // 9.5e-7, 4.8e-7
    gradients: 2e-6, // 4.6e-7, 3.0e-7
  },
};
const TRAINED = 90_000;

test.each(
  Object.keys(scripts).flatMap((model) => ['wasm', 'reference'].map((backend) => [model, backend])),
)('%s on the %s backend is the model of PyTorch', (model, backend) => {
  const script = fileURLToPath(scripts[model]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, backend], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { largest, strays, compared } = JSON.parse(stdout);
  expect(Object.keys(largest)).toEqual(Object.keys(BOUNDS[model]));
  for (const [kind, bound] of Object.entries(BOUNDS[model])) expect(largest[kind], kind).toBeLessThan(bound);
  if ('parameters after 5 steps' in largest) expect(compared).toBeGreaterThan(TRAINED);
  expect(strays).toBe(0);
});
