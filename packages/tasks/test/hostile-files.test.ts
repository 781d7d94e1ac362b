/** Files made to break a reader give an error of gpt-ts, or examples, and do so soon. */
import { isGptError, Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { type ExampleForm, type ExampleFormat, readExamples, taskSets } from '../src/index.js';

const n = 30_000;
const times = (text: string) => text.repeat(n);
const numbered = (make: (i: number) => string) => Array.from({ length: n }, (_, i) => make(i)).join('');

const files: Record<string, string> = {
  nothing: '',
  'a byte order mark': '\ufeff',
  NULs: times('\0'),
  'UTF-16 read as UTF-8': [...'text,label\na,b\n'].join('\0'),
  'line ends': times('\r\n'),
  'old line ends': `text,label${times('\ra,b')}`,
  commas: times(','),
  tabs: times('\t'),
  'columns without end': numbered((i) => `c${i},`),
  'tab columns without end': numbered((i) => `c${i}\t`),
  quotes: times('"'),
  'an odd number of quotes': `text,label\n${times('""')}"`,
  'quotes and spaces': `text,label\n"${times('x" ')}`,
  'quotes and line ends': `text,label\n${times('"\n')}`,
  'quoted cells': `text,label\n${times('"x"\n')}`,
  'a lone quote': `text,label\n"x,y\n${times('p,q\n')}`,
  'a huge cell': `text,label\n${'x'.repeat(1_000_001)},b`,
  'deep JSON': times('['),
  'deep objects': times('{"a":'),
  'deep options': `context,options,label\na,${times('[')},0`,
  'lines of deep JSON': `${'['.repeat(1000)}\n`.repeat(200),
  escapes: `{"text":"${times('\\u0000')}","label":1}`,
  'a key of Object': '{"__proto__":{"text":"a"},"text":"a","label":"constructor"}',
  'a bad number': '{"text":"a","label":1e999999}',
  'deep XML': times('<a>') + times('</a>'),
  'open XML': times('<a>'),
  'attributes without end': `<copa-corpus ${numbered((i) => `a${i}="" `)}/>`,
  'XML entities': `<!DOCTYPE a [<!ENTITY e0 "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')}]><a>&e30;</a>`,
  'an XML file of the machine': '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
  'an XML comment': `<!--${times('-')}`,
  'less-than signs': times('<'),
  ampersands: `<a>${times('&')}</a>`,
  'half a surrogate': 'text,label\n\ud800,a\nb,\udc00',
};

const outcome = (read: () => unknown): unknown => {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
};

const forms: ExampleForm[] = ['classification', 'multiple-choice'];
const formats: ExampleFormat[] = ['csv', 'tsv', 'jsonl'];

describe.each(Object.entries(files))('%s', (_, text) => {
  test.each(formats)('as %s', (format) => {
    for (const form of forms) {
      for (const skipBadRows of [false, true]) {
        const error = outcome(() => readExamples(text, { form, format, file: 'f', skipBadRows }));
        expect(error === undefined || isGptError(error), `${error}`).toBe(true);
        expect(`${error}`.length).toBeLessThan(1000);
      }
    }
  });

  test.each(Object.values(taskSets))('as $name', (set) => {
    const error = outcome(() =>
      set.read(['f.tsv', 'f.ans'].slice(0, set.name === 'mctest' ? 2 : 1).map((name) => ({ name, text }))),
    );
    expect(isGptError(error), `${error}`).toBe(true); // none of them is a file of any set
    expect(`${error}`.length).toBeLessThan(1000);
  });
});

test('a small file changed at random gives examples or an error of gpt-ts', () => {
  const seeds: [ExampleFormat, string][] = [
    ['csv', 'text,label\n"a, ""b""",x\nc,y\n'],
    ['tsv', 'text\tlabel\na\tx\nc\ty\n'],
    ['jsonl', '{"text":"a","label":"x"}\n{"text":"b","label":"y"}\n'],
  ];
  const letters = [...'",\n\r\t\0{}[]:\\ax\ufeff<&'];
  const random = new Random(0, 'hostile');
  let read = 0;
  for (let i = 0; i < 3000; i++) {
    const [format, text] = random.pick(seeds);
    const changed = [...text];
    for (let k = random.int(4); k >= 0; k--)
      changed.splice(random.int(changed.length), random.int(3), random.pick(letters));
    const error = outcome(() =>
      readExamples(changed.join(''), { form: 'classification', format, file: 'f' }),
    );
    expect(error === undefined || isGptError(error), `${error}: ${JSON.stringify(changed.join(''))}`).toBe(
      true,
    );
    if (error === undefined) read++;
  }
  expect(read).toBeGreaterThan(100);
  expect(read).toBeLessThan(2900);
});
