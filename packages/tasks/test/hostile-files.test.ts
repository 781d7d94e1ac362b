/** Files made to break a reader give an error of gpt-ts, or examples, and do so soon. */
import { isGptError, Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import * as documents from '../src/documents.js';
import {
  type ExampleForm,
  type ExampleFormat,
  type OnBadRow,
  type Reader,
  readExamples,
  taskSets,
} from '../src/index.js';

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

Object.assign(files, {
  'JSON without end': `{"data":${times('[{"paragraphs":')}`,
  'a list of numbers': `[${times('1,')}1]`,
  'paragraphs without end': `{"data":[${times('{"paragraphs":[1]},')}1]}`,
  'questions without end': `{"data":[{"paragraphs":[{"context":"a","qas":[${times('{"question":"a"},')}1]}]}]}`,
  'options without end': `{"ctx":"a","activity_label":"b","endings":[${times('"a",')}"a"],"label":-1}`,
  'names as long as their article': JSON.stringify({
    passage: { text: times('a'), entities: Array.from({ length: n }, (_, i) => ({ start: i, end: n - 1 })) },
    qas: [],
  }),
  'gaps without end': `{"sentence":"${times('_')}","option1":"a","option2":"b","answer":"1"}`,
  'deep XML in an item': `<a><item>${'<b>'.repeat(1000)}${'</b>'.repeat(1000)}</item></a>`,
  'elements without end': `<a><schema>${times('<b>x</b>')}</schema></a>`,
  highlights: '@highlight\n'.repeat(2000),
  'numbered lines': '1 a\n'.repeat(2000),
  'a line without end': times('1 XXXXX\t|'),
});

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

/** Readers that take any text, or any two. */
const ofPlainText: Reader<unknown>[] = [documents.readTexts, documents.readTextLines, documents.readLambada];
ofPlainText.push(documents.readTranslation);

const readers = Object.entries<unknown>(documents).filter((each): each is [string, Reader<unknown>] => {
  return typeof each[1] === 'function';
});

describe.each(Object.entries(files))('%s', (_, text) => {
  test.each([1, 2])('by every reader of documents, %i times', (count) => {
    const given = ['f.jsonl', 'f-labels.lst'].slice(0, count).map((name) => ({ name, text }));
    for (const [name, read] of readers) {
      const error = outcome(() => read(given));
      if (!ofPlainText.includes(read)) expect(error, `is a file of no set, but ${name}`).toBeDefined();
      expect(error === undefined || isGptError(error), `${name}: ${error}`).toBe(true);
      expect(`${error}`.length).toBeLessThan(1000);
    }
  });

  test('by readers of each layout that leave bad rows out', () => {
    const { readNli, readStoryCloze, readArc, readSquad, readWinograd, readCbt, readStories } = documents;
    for (const read of [readNli, readStoryCloze, readArc, readSquad, readWinograd, readCbt, readStories]) {
      let longest = 0;
      const onBadRow: OnBadRow = ({ message }) => {
        longest = Math.max(longest, message.length);
      };
      const error = outcome(() => expect(read([{ name: 'f', text }], onBadRow)).toEqual([]));
      expect(error === undefined || isGptError(error), `${error}`).toBe(true);
      expect(longest).toBeLessThan(1000);
    }
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
