import { presets } from '@gpt-ts/model';
import { describe, expect, test } from 'vitest';
import { gpt } from './gpt.js';

describe('gpt plan', () => {
  test.each(Object.entries(presets).filter(([, { parameters }]) => parameters))(
    '%s has the published number of parameters',
    async (name, { parameters }) => {
      const { code, stdout } = await gpt('plan', name, '--json');
      expect(code).toBe(0);
      const plan = JSON.parse(stdout);
      expect(plan.parameters).toBe(parameters);
      expect(plan.memory.weights).toBe(4 * parameters!);
    },
  );

  test("gpt2's operations, memory and what fits in 4 GiB", async () => {
    const { flopsPerToken, memory, fits, time } = JSON.parse((await gpt('plan', 'gpt2', '--json')).stdout);
    expect(flopsPerToken.dense.forward / 1e9).toBeCloseTo(0.285, 3); // 24 d² + 4 T d a layer, 2 V d the head
    expect(flopsPerToken.dense.training / 1e9).toBeCloseTo(0.854, 2);
    expect(flopsPerToken.forward).toBeLessThan(flopsPerToken.dense.forward);
    expect(memory.kvCachePerToken).toBe(72 * 2 ** 10);
    expect(memory.limit).toBe(2 ** 32);
    expect(fits).toEqual({ generation: true, largestTrainingBatch: 3 });
    expect(time.trainingUpdate).toBeGreaterThan(0);
  });

  test('says what does not fit', async () => {
    const { stdout } = await gpt('plan', 'gpt2-xl', '--seq-len', '64');
    expect(stdout).toContain('parameters   1,557,611,200');
    expect(stdout).toContain('does not fit in 4 GiB');
    expect(stdout).toContain('no sequence of 64 tokens fits in 4 GiB');
    expect((await gpt('plan', 'gpt2-xl', '--memory', '64')).stdout).toContain('fits in 64 GiB');
  });

  test('refuses a preset that there is not', async () => {
    const { code, stderr } = await gpt('plan', 'gpt5');
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are nano, stories');
  });
});
