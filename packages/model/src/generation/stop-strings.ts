/**
 * Text as it arrives, up to the first of some stop strings: what may still become one is held back.
 *
 * @example
 * const stops = new StopStrings(['\n\n']);
 * stops.push('a\n'); // => { text: 'a' }
 * stops.push('\nb'); // => { text: '', met: '\n\n' }
 */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = '';

  /** @param stops - None of them empty. */
  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** What is certain to stand before any stop string, and the one that has been completed first, if any. */
  push(piece: string): { text: string; met?: string } {
    const all = this.#held + piece;
    let met: string | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const stop of this.#stops) {
      const found = all.indexOf(stop);
      if (found < 0) continue;
      const [end, best] = [found + stop.length, at + (met?.length ?? 0)];
      if (end < best || (end === best && found < at)) [met, at] = [stop, found];
    }
    if (met !== undefined) {
      this.#held = '';
      return { text: all.slice(0, at), met };
    }
    const held = Math.max(0, ...this.#stops.map((stop) => overlap(all, stop)));
    this.#held = all.slice(all.length - held);
    return { text: all.slice(0, all.length - held) };
  }

  /** What was held back and became no stop string. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

/** Length of the longest end of `text` that `stop` begins with. */
function overlap(text: string, stop: string): number {
  let length = Math.min(text.length, stop.length - 1);
  while (!text.endsWith(stop.slice(0, length))) length--;
  return length;
}
