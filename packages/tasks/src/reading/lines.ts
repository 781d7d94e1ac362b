/** A text without its byte order mark, with LF line ends. */
export function plainText(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/** The lines of a text that are not blank, each with its number from 1. */
export function* lines(text: string): Generator<{ row: number; line: string }> {
  const plain = plainText(text);
  let row = 1;
  for (let start = 0; start <= plain.length; row++) {
    const newline = plain.indexOf('\n', start);
    const end = newline < 0 ? plain.length : newline;
    const line = plain.slice(start, end);
    if (line.trim() !== '') yield { row, line };
    start = end + 1;
  }
}
