/** Texts written side by side, each in its own way: one token of each at a time, until the last is over. */
import { Random } from '@gpt-ts/core';
import { breather } from './breath.js';
import { sampleToken } from './sample.js';
import type { TextRows } from './text-rows.js';
import type { Ending, WrittenText } from './written-text.js';

/** One more token of one text. */
export interface WrittenToken {
  text: WrittenText;
  id: number;
  /** What it was drawn from, `[V]`; those that could be drawn come first. */
  logits: Float32Array;
  drawable: Float32Array;
  /** The text that has become certain with it. */
  certain: string;
  /** Where it was the last. */
  ending?: Ending;
}

/** Draws of one text: they depend on the seed and on its number alone. */
export function drawsOf(seed: number, text: number): Random {
  return new Random(seed, `generate/${text}`);
}

/**
 * Continues texts that get one token or more. One that is over is read no more.
 *
 * @param reading - The prompts: text i continues number `texts[i].prompt`. Freed in the end, also when the iteration is left early.
 * @param nDrawable - Only ids below this are drawn.
 */
export async function* writeTexts(
  reading: TextRows,
  texts: readonly WrittenText[],
  nDrawable: number,
  signal?: AbortSignal,
): AsyncGenerator<WrittenToken, void, undefined> {
  using rows = reading;
  let going = texts.map((text) => ({ text, row: text.prompt })); // at first, all samples of a prompt share its row
  const breathe = breather();
  while (going.length > 0) {
    signal?.throwIfAborted();
    const all = await rows.next();
    await breathe();
    const { windows } = rows;
    const next: { text: WrittenText; row: number; id: number }[] = [];
    for (const { text, row } of going) {
      signal?.throwIfAborted();
      const logits = all[row];
      const drawable = logits.subarray(0, nDrawable);
      const id = sampleToken(drawable, text.options, text.random, windows[row]);
      const { text: certain, ending } = text.push(id);
      yield { text, id, logits, drawable, certain, ending };
      if (!ending) next.push({ text, row, id });
    }
    rows.advance(
      next.map(({ row }) => row),
      next.map(({ id }) => id),
    );
    going = next.map(({ text }, row) => ({ text, row }));
  }
}
