import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Utf8Window } from './utf8-window.js';

/** What a reader that leaves up to `leave` bytes of each window sees. */
function shown(texts: readonly string[], leave: number): Uint8Array {
  const window = new Utf8Window();
  const bytes: number[] = [];
  for (const [i, text] of texts.entries()) {
    window.write(text, i === texts.length - 1, (buffer, end, last) => {
      const done = last ? end : Math.max(0, end - leave);
      for (let at = 0; at < done; at++) bytes.push(buffer[at]);
      return done;
    });
  }
  return Uint8Array.from(bytes);
}

test('shows the bytes of any text, in any parts, once each', () => {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit })); // with lone surrogates
  const property = fc.property(fc.array(text, { minLength: 1 }), fc.nat(9), (texts, leave) => {
    expect(shown(texts, leave)).toEqual(new TextEncoder().encode(texts.join('')));
  });
  fc.assert(property, { numRuns: 500 });
});

test('cuts no pair of surrogates between windows', () => {
  for (const start of ['', 'a']) {
    const text = start + '😀'.repeat(100_000);
    expect(new TextDecoder().decode(shown([text], 5)) === text).toBe(true);
  }
});

test('small parts that the reader cannot use yet are shown in few steps, too', () => {
  const window = new Utf8Window();
  let looks = 0;
  const read = (_: Uint8Array, end: number, last: boolean) => {
    looks++;
    return last ? end : 0;
  };
  for (let i = 0; i < 2 ** 14; i++) window.write('a', false, read);
  window.write('', true, read);
  expect(looks).toBeLessThan(20);
});

test('a reader that wants more at once gets it, in few steps', () => {
  const window = new Utf8Window();
  let looks = 0;
  window.write('a'.repeat(2 ** 22), true, (_, end, last) => {
    looks++;
    return last ? end : 0;
  });
  expect(looks).toBeLessThan(12); // doubles each time; 128 windows otherwise
});
