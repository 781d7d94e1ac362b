/** Text that is safe between tags and in quoted attributes; control characters become their pictures. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(CONTROL, (character) =>
      String.fromCharCode(character === '\x7f' ? 0x2421 : 0x2400 + character.charCodeAt(0)),
    )
    .replace(LONE_SURROGATE, '\ufffd');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a page cannot show
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/g;
const LONE_SURROGATE = /\p{Cs}/gu;

/** JSON that can stand in a `script` element, whatever texts it holds. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
