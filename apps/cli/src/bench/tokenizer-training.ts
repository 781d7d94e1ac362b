/** Learning a vocabulary of GPT-2's kind from much text: how long it takes, and how much memory. */
import { trainByteBpe } from '@gpt-ts/tokenizer/train';
import { printNote } from '../io.js';
import { OURS, TRAINING_MEMORY, TRAINING_PIECES, TRAINING_SECONDS } from './tokenizer-names.js';
import type { TokenizerRow } from './tokenizer-row.js';
import { manyTexts, readTextSource, type TextSource } from './tokenizer-text.js';

const MERGES = 10_000;
const CHARACTERS = 100e6;
const BAR_SECONDS = 60;
const BAR_MIB = 1024;

/** The rows. Wants a process of its own, because peak memory is that of a process. */
export async function measureTraining(source: TextSource): Promise<TokenizerRow[]> {
  const text = readTextSource(source);
  let makingMs = 0;
  function* documents(): Generator<string> {
    const made = manyTexts(text, CHARACTERS);
    for (;;) {
      const start = performance.now();
      const { value, done } = made.next();
      makingMs += performance.now() - start;
      if (done) return;
      yield value;
    }
  }
  const start = performance.now();
  let pieces = 0;
  const { merges } = await trainByteBpe(documents(), {
    nVocab: 257 + MERGES,
    onProgress(progress) {
      if (progress.type === 'count') pieces = progress.pieces;
    },
  });
  const seconds = (performance.now() - start - makingMs) / 1000;
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const row = (name: string, value: number, unit: string): TokenizerRow => {
    return { name, library: OURS, value, spread: [value, value], unit };
  };
  const within = (bar: number, each: TokenizerRow): TokenizerRow => {
    return { ...each, against: `${bar} ${each.unit}`, ratio: bar / each.value, bar: 1 };
  };
  if (merges.length < MERGES) {
    printNote(`No row for training: the text has words for ${merges.length} merges only.`);
    return [];
  }
  return [
    within(BAR_SECONDS, row(TRAINING_SECONDS, seconds, 's')),
    within(BAR_MIB, row(TRAINING_MEMORY, mebibytes, 'MiB')),
    row(TRAINING_PIECES, pieces, 'pieces'),
  ];
}
