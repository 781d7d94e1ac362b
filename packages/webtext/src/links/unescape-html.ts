/** Character references in URLs: Reddit's dumps have `&amp;` for `&`, some of them several times over. */

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const ROUNDS = 4; // `&amp;amp;amp;` is in the dumps

/**
 * Replaces character references until there are none left.
 *
 * @example
 * unescapeHtml('?a=1&amp;amp;b=2'); // => '?a=1&b=2'
 */
export function unescapeHtml(text: string): string {
  let before = text;
  for (let round = 0; round < ROUNDS; round++) {
    const after = before.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g, unescapeOne);
    if (after === before) break;
    before = after;
  }
  return before;
}

function unescapeOne(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED.get(name) ?? all;
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : all;
}
