/** The longest sequence of words that two texts have in the same order, with gaps. */

/** Its length. */
export function subsequenceLength(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    fillRow(row, above, word, b);
    [above, row] = [row, above];
  }
  return above[b.length];
}

/** The places in `a` of one of the longest. Which one matters where several are joined: that of `rouge_score`. */
export function subsequence(a: readonly string[], b: readonly string[]): number[] {
  const rows = [new Uint32Array(b.length + 1)];
  for (const word of a) {
    const row = new Uint32Array(b.length + 1);
    fillRow(row, rows[rows.length - 1], word, b);
    rows.push(row);
  }
  const places: number[] = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0; ) {
    if (a[i - 1] === b[j - 1]) {
      places.push(--i);
      j--;
    } else if (rows[i][j - 1] > rows[i - 1][j]) j--;
    else i--;
  }
  return places.reverse();
}

/** `row[j]`: the length for the words of `a` up to `word` and the first j of `b`. */
function fillRow(row: Uint32Array, above: Uint32Array, word: string, b: readonly string[]): void {
  for (let j = 1; j <= b.length; j++) {
    row[j] = word === b[j - 1] ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
  }
}
