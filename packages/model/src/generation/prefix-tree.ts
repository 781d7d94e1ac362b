/**
 * What texts have in common at their beginnings, as a tree: each node is a run of ids that is read once for all texts below.
 *
 * The examples at the head of every prompt are a node, the question below them another, its choices are leaves.
 */

/** Ids `[begin, end)` of the texts below it. */
export interface PrefixNode {
  begin: number;
  end: number;
  /** Which texts begin with this node's path, or are it: at least one. */
  texts: number[];
  /** What comes next, the longest first. A text that ends here is in none of them. */
  children: PrefixNode[];
}

/**
 * Tokens below which a node with children is not worth its pass: it saves its length for each way on but the first. Measured with
 * `gpt bench evaluate`: 8 to 16 are best, 128 takes 1.6 times as long.
 */
export const MIN_SAVED = 16;

/**
 * The trees of some texts. Equal texts share a leaf.
 *
 * @param texts - One or more ids each.
 * @param minSaved - Fewest ids that a node with children saves.
 * @returns The roots; each text is below one.
 * @example
 * prefixTree([[1, 2, 3], [1, 2, 4], [5]], 1); // 1 2 -> (3, 4), and 5
 */
export function prefixTree(texts: readonly ArrayLike<number>[], minSaved: number = MIN_SAVED): PrefixNode[] {
  const sorted = [...texts.keys()].sort((a, b) => compare(texts[a], texts[b]));

  /** Nodes of `sorted[from, to)`, which agree before `at` and of which `begin` ids are read above. */
  const grow = (from: number, to: number, begin: number, at: number): PrefixNode[] => {
    const nodes: PrefixNode[] = [];
    let next = from;
    while (next < to && texts[sorted[next]].length === at) next++; // those that end here come first
    if (next > from && at > begin) {
      nodes.push({ begin, end: at, texts: sorted.slice(from, next), children: [] });
    }
    for (let first = next; first < to; first = next) {
      const id = texts[sorted[first]][at];
      while (next < to && texts[sorted[next]][at] === id) next++;
      const end = sharedLength(texts[sorted[first]], texts[sorted[next - 1]]); // and with all that lie between
      const ways = waysOn(texts, sorted, first, next, end);
      if (ways > 1 && (ways - 1) * (end - begin) < minSaved) nodes.push(...grow(first, next, begin, end));
      else {
        const children = ways > 1 ? grow(first, next, end, end) : [];
        nodes.push({ begin, end, texts: sorted.slice(first, next), children });
      }
    }
    return nodes.sort((a, b) => b.end - a.end);
  };
  return grow(0, sorted.length, 0, 0);
}

/** In how many ways the texts `sorted[from, to)` go on at `at`; to end there is one. */
function waysOn(
  texts: readonly ArrayLike<number>[],
  sorted: readonly number[],
  from: number,
  to: number,
  at: number,
): number {
  return new Set(sorted.slice(from, to).map((text) => texts[text][at])).size;
}

/** The order of dictionaries. */
function compare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const shared = sharedLength(a, b);
  const [nextA, nextB] = [a, b].map((text) => (shared < text.length ? text[shared] : -1));
  return nextA - nextB;
}

/** How many ids two texts have in common at their beginnings. */
export function sharedLength(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared++;
  return shared;
}
