/** Text as it can be shown: white space has a form, and nothing reaches a terminal that it would obey. */
import { isUtf8 } from 'node:buffer';

const SIGNS: ReadonlyMap<string, string> = new Map([
  [' ', '·'],
  ['\n', '⏎'],
  ['\t', '⇥'],
]);

/**
 * A text without anything invisible: spaces are `·`, line breaks `⏎`, tabs `⇥`, and what else has no form (controls,
 * direction marks, lone surrogates, other spaces) is `\u{1b}`. A mark at the beginning gets `◌` to stand on.
 *
 * @example
 * visible(' red\x1b[31m\n'); // => '·red\\u{1b}[31m⏎'
 */
export function visible(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]/gu, (character) => {
      return SIGNS.get(character) ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
    })
    .replace(/^\p{M}/u, '◌$&');
}

/**
 * The same for UTF-8; bytes that are not a whole character are `\x9f`.
 *
 * @example
 * visibleBytes(Uint8Array.of(0x41, 0xf0, 0x9f)); // => 'A\\xf0\\x9f'
 */
export function visibleBytes(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return visible(Buffer.from(bytes).toString('utf8'));
  let shown = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isUtf8(bytes.subarray(at, at + n)));
    if (length === undefined) shown += `\\x${bytes[at].toString(16).padStart(2, '0')}`;
    else shown += visibleBytes(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return shown;
}

/** JSON in which the controls that JSON allows are escaped too. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Columns a text takes on a terminal: East Asian characters and emoji take two, marks none. */
export function columns(text: string): number {
  const wide = text.match(
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/gu,
  );
  return [...text.replace(/\p{M}/gu, '')].length + (wide?.length ?? 0);
}
