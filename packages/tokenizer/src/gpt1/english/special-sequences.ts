/**
 * The second look for special cases, among finished tokens: `Dr.Ben` was cut into `Dr`, `.` and `Ben`, of which the first
 * two become `Dr.` again.
 *
 * Looks for the tokens that the affix rules alone make of each special case. As in spaCy the longest sequence wins, of
 * equals the first; sequences that hold white space win, too, but then change nothing.
 *
 * @see explosion/spaCy 3.8 `spacy/tokenizer.pyx` (MIT), `_apply_special_cases` and `_filter_special_spans`.
 */
import { hasInfix, prefixLength, suffixLength } from './affixes.js';

/** Tokens `start` to `end - 1`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** What may follow a token in a sequence. */
class Node {
  readonly next = new Map<string, Node>();
  ends = false;
}

/** Finds special cases in lists of tokens. */
export class SpecialSequences {
  readonly #cases: ReadonlyMap<string, readonly string[]>;
  readonly #root = new Node();

  /** @param split - Cuts a word by the affix rules alone. */
  constructor(cases: ReadonlyMap<string, readonly string[]>, split: (word: string) => readonly string[]) {
    this.#cases = cases;
    for (const [word, tokens] of cases) {
      const { length } = word;
      if (prefixLength(word, 0, length) + suffixLength(word, 0, length) === 0 && !hasInfix(word)) continue;
      const sequence = split(word);
      if (sequence.length === 1 && tokens.length === 1) continue; // is what it becomes
      let node = this.#root;
      for (const token of sequence) {
        let next = node.next.get(token);
        if (next === undefined) node.next.set(token, (next = new Node()));
        node = next;
      }
      node.ends = true;
    }
  }

  /**
   * The tokens with special cases put in their place.
   *
   * @param chunks - For each token which chunk it is from; no white space separates the tokens of a chunk.
   */
  apply(tokens: string[], chunks: readonly number[]): string[] {
    const found = this.#find(tokens);
    if (found.length === 0) return tokens;
    const out: string[] = [];
    let at = 0;
    for (const { start, end } of withoutOverlap(found)) {
      if (chunks[start] !== chunks[end - 1]) continue;
      const special = this.#cases.get(tokens.slice(start, end).join(''));
      if (special === undefined) continue;
      while (at < start) out.push(tokens[at++]);
      out.push(...special);
      at = end;
    }
    while (at < tokens.length) out.push(tokens[at++]);
    return out;
  }

  #find(tokens: readonly string[]): Span[] {
    const found: Span[] = [];
    for (let start = 0; start < tokens.length; start++) {
      let node = this.#root.next.get(tokens[start]);
      for (let end = start + 1; node !== undefined; end++) {
        if (node.ends) found.push({ start, end });
        node = end < tokens.length ? node.next.get(tokens[end]) : undefined;
      }
    }
    return found;
  }
}

/** The longest spans, of equals the first, none of which begins or ends in a span considered before; in order of place. */
function withoutOverlap(spans: readonly Span[]): Span[] {
  const longestFirst = spans.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const seen = new Set<number>();
  const kept: Span[] = [];
  for (const span of longestFirst) {
    if (!seen.has(span.start) && !seen.has(span.end - 1)) kept.push(span);
    for (let i = span.start; i < span.end; i++) seen.add(i); // also of spans that are not kept
  }
  return kept.sort((a, b) => a.start - b.start);
}
