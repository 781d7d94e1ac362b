import { describe, expect, test } from 'vitest';
import { factRows, isFresh } from './backends.mjs';

const cases = [{ name: 'GptGelu x [1] {}' }, { name: 'GptGelu x [2] {}' }, { name: 'GptGeluGrad x [1] {}' }];
const gradient =
  "kernelName: 'GptGelu', gradients: ([dy], [x]) => ({ x: () => run('GptGeluGrad', { dy, x }, {})[0] })";
const facts = factRows(['GptGelu', 'GptGeluGrad', 'GptAdam'], cases, [gradient]);

describe('the table of kernels', () => {
  test('says what differentiates a kernel and how many cases it has', () => {
    expect(facts).toEqual([
      ['`GptGelu`', '`GptGeluGrad`', '2'],
      ['`GptGeluGrad`', '', '1'],
      ['`GptAdam`', '', '0'],
    ]);
  });

  test('is stale when a kernel, a gradient or a number of cases has changed, whatever was measured', () => {
    const table = (rows: string[][]) =>
      `text\n<!-- table: x -->\n| a | b | c | d |\n| --- |\n${rows.map((row) => `| ${row.join(' | ')} | 3e-5 |\n`).join('')}<!-- end of table -->\n`;
    expect(isFresh(table(facts), facts)).toBe(true);
    expect(isFresh(table(facts.slice(1)), facts)).toBe(false);
    expect(isFresh(table(facts.map(([kernel, by]) => [kernel, by, '9'])), facts)).toBe(false);
    expect(isFresh('no table', facts)).toBe(false);
  });
});
