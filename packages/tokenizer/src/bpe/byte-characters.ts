/**
 * GPT-2's spelling of bytes as visible characters, so that tokens of arbitrary bytes fit in text files.
 *
 * The 188 printable bytes of Latin-1 stand for themselves. The 68 others (controls, space, no-break space, soft
 * hyphen) become U+0100, U+0101, ... in ascending order: a space is written `Ġ`, a newline `Ċ`.
 *
 * @see `bytes_to_unicode` in openai/gpt-2 `src/encoder.py`
 */
const isPrintable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte !== 173);

function spellBytes(): string[] {
  let shifted = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : shifted++));
}

/** `BYTE_CHARACTERS[byte]` is the character that spells `byte`. */
export const BYTE_CHARACTERS: readonly string[] = spellBytes();

/** The same 256 characters in code-point order: GPT-2's tokens 0 to 255. */
export const BYTE_TOKENS: readonly string[] = [...BYTE_CHARACTERS].sort();
