import { expect, test } from 'vitest';
import { StopStrings } from './stop-strings.js';

/** What is given of pieces, and what ended it. */
function read(stops: string[], pieces: string[]): { text: string; met?: string } {
  const reader = new StopStrings(stops);
  let text = '';
  for (const piece of pieces) {
    const pushed = reader.push(piece);
    text += pushed.text;
    if (pushed.met !== undefined) return { text, met: pushed.met };
  }
  return { text: text + reader.end() };
}

test('what may become a stop string waits', () => {
  const stops = new StopStrings(['\n\n']);
  expect(stops.push('a\n')).toEqual({ text: 'a' });
  expect(stops.push('b\n')).toEqual({ text: '\nb' });
  expect(stops.push('\nc')).toEqual({ text: '', met: '\n\n' });
});

test('text is the same however it is cut into pieces', () => {
  const stops = ['abac', 'bab', 'wbabz', 'xyz!'];
  for (const text of ['ababac', 'aabac', 'xyxyz!', 'xyz', 'abab', 'cabacbab', 'wbabz', '', 'aba']) {
    const want = read(stops, [...text]);
    for (let cut = 0; cut <= text.length; cut++) {
      expect(read(stops, [text.slice(0, cut), text.slice(cut)])).toEqual(want);
    }
  }
  expect(read(stops, ['ababac'])).toEqual({ text: 'a', met: 'bab' }); // complete before abac
  expect(read(stops, ['wbabz'])).toEqual({ text: 'w', met: 'bab' }); // begun later, complete first
  expect(read(stops, ['xyz'])).toEqual({ text: 'xyz' });
});

test('of two that end together, the one that began first', () => {
  expect(read(['b', 'ab'], ['xab'])).toEqual({ text: 'x', met: 'ab' });
});

test('without stop strings nothing waits', () => {
  expect(new StopStrings([]).push('abc')).toEqual({ text: 'abc' });
});
