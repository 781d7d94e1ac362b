const LOOKS = 64; // at the word, between two looks at the clock

/**
 * Spins while a word has a value, for `ms` milliseconds at most.
 *
 * @returns Whether the word has changed.
 */
export function spinWhile(words: Int32Array, at: number, value: number, ms: number): boolean {
  const end = performance.now() + ms;
  do {
    for (let look = 0; look < LOOKS; look++) {
      if (Atomics.load(words, at) !== value) return true;
    }
  } while (performance.now() < end);
  return false;
}
