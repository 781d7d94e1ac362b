/** The known name with the fewest edits, the first of equals. */
export function nearest(name: string, known: readonly string[]): string {
  const from = name.slice(0, 40).toLowerCase(); // a column can have any name
  const distances = known.map((each) => edits(from, each.toLowerCase()));
  return known[distances.indexOf(Math.min(...distances))];
}

/** Letters to insert, delete or replace (Levenshtein 1966). */
function edits(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(above[j] + 1, row[j - 1] + 1, replaced));
    }
    above = row;
  }
  return above[b.length];
}
