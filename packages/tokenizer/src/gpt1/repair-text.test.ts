import fc from 'fast-check';
import { fix_text } from 'ftfy-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRepairText, type RepairText } from './repair-text.js';

describe('repairText', () => {
  let repair: RepairText;
  beforeAll(async () => {
    repair = await loadRepairText();
  });

  test.each([
    ['plain text\n', 'plain text\n'],
    ['“Curly” ‘quotes’…', '"Curly" \'quotes\'…'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['cafÃ© &amp; ﬁsh', 'café & fish'],
    ['bell\x07 \x1b[36mblue\x1b[0m \x7f', 'bell blue '],
    ['e\u0301 Ｆｕｌｌ', 'é Full'],
  ])('%j becomes %j', (text, repaired) => {
    expect(repair(text)).toBe(repaired);
  });

  test('stops decoding entities at the first line with a <', () => {
    expect(repair('&lt;1&gt;\n&lt;2\n<\n&lt;3&gt; Ã©')).toBe('<1>\n<2\n<\n&lt;3&gt; é');
  });

  test('takes no short cut that changes anything', () => {
    const simple = fc.constantFrom(
      ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
      ...'‘’“”–—…\n\r'.repeat(8),
    );
    const more = fc.constantFrom(...'é&;<lt\n“ÃÂâ©™€œ\x85\x1b[\ufeff');
    for (const unit of [simple, more, fc.oneof(simple, more)]) {
      const text = fc.string({ unit, maxLength: 40 });
      fc.assert(
        fc.property(text, (text) => {
          expect(repair(text)).toBe(fix_text(text));
        }),
        { numRuns: 5000 },
      );
    }
  });

  test('says how to install the library when it is not there', async () => {
    const load = (): Promise<never> => Promise.reject(new Error('Cannot find package'));
    await expect(loadRepairText(load)).rejects.toMatchObject({
      name: 'MissingPackageError',
      code: 'missing-package',
      package: 'ftfy-js@6.3.2',
      message: expect.stringContaining('npm install ftfy-js@6.3.2'),
    });
  });
});
