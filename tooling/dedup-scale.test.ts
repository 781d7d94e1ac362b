/** `dedup-scale.mjs`, small: what is planted is found, in bounded memory, killed or not. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('2000 documents lose their planted copies and nothing else, and a killed run ends the same', () => {
  const script = join(import.meta.dirname, 'dedup-scale.mjs');
  const args = [script, '--documents', '2000', '--kill'];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 110_000 });
  const [whole, resumed] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(whole).toMatchObject({
    documents: 2000,
    nearFound: '214/214',
    equalFound: '43/43',
    originalsLost: 0,
  });
  expect(whole.peakRssMib).toBeLessThan(600); // measured: 141
  expect(resumed.same).toBe(true);
  expect(status).toBe(0);
});
