/** Runs the comparison with PyTorch in plain Node, on the built packages, for both backends. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('gpt2-tiny.mjs', import.meta.url));

/** The largest difference allowed, and the largest seen: on wasm, on the reference. */
const BOUNDS: Record<string, number> = {
  hidden: 5e-6, // 1.2e-6, 3.6e-7
  logits: 5e-6, // 1.4e-6, 3.6e-7
  loss: 2e-6, // 9.5e-7, 4.8e-7
  gradients: 4e-7, // 8.9e-8, 2.2e-8
  'training loss': 1e-6, // 2.5e-7, 2.3e-7
  'gradient norm': 1e-6, // 3.3e-7, 9.7e-8
  'parameters after 5 steps': 1e-5, // 2.3e-6, 2.9e-7
  exp_avg: 5e-8, // 1.1e-8, 3.7e-9
  exp_avg_sq: 2e-9, // 4.7e-10, 2.0e-10
  'loss after training': 5e-7, // 1.0e-8, 1.0e-8
};

test.each(['wasm', 'reference'])('a GPT-2 on the %s backend computes and trains as in PyTorch', (backend) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, backend], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { largest, strays, compared } = JSON.parse(stdout);
  expect(Object.keys(largest)).toEqual(Object.keys(BOUNDS));
  for (const [kind, bound] of Object.entries(BOUNDS)) expect(largest[kind], kind).toBeLessThan(bound);
  expect(compared).toBeGreaterThan(90_000);
  expect(strays).toBe(0);
});
