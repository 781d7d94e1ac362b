/** What only ours is measured at: other ways to encode, GPT-1, and that time grows as the text does. */
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { loadTokenizer, type Tokenizer } from '@gpt-ts/tokenizer';
import { encodeBatch } from '@gpt-ts/tokenizer/batch';
import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
import { alternate } from './alternate.js';
import { median, medianRatio } from './statistics.js';
import { slicesOf } from './subject.js';
import { GPT1, linearName, OURS, type Run, WAYS } from './tokenizer-names.js';
import { spreadOf, type TokenizerRow, throughput } from './tokenizer-row.js';
import { DATA_FOLDER, parts, readTextSource, type TextSource } from './tokenizer-text.js';

const DOCUMENT_CHARACTERS = 2 ** 16;
const LINEAR_BAR = 12; // for ten times the text: linear, and room for caches

const texts: Record<Run, (length: number) => string> = {
  a: (length) => 'a'.repeat(length),
  _: (length) => '_'.repeat(length),
  中: (length) => '中'.repeat(length),
  space: (length) => ' '.repeat(length),
};

/** The rows of {@link WAYS}. */
export async function measureWays(source: TextSource, rounds: number): Promise<TokenizerRow[]> {
  const tokenizer = gpt2();
  const text = readTextSource(source);
  const documents = parts(text, DOCUMENT_CHARACTERS);
  const lines = text.split(/(?<=\n)/);
  const work: (() => unknown)[] = [
    () => tokenizer.encode(text),
    () => tokenizer.count(text),
    () => encodeBatch(tokenizer, documents),
    () => lines.map((line) => tokenizer.encode(line)),
  ];
  const slices = [];
  for (const run of work) slices.push(await slicesOf(subject(run)));
  const [whole, ...others] = await alternate(slices, rounds);
  return WAYS.map((name, i) => {
    const ratio = medianRatio(whole, others[i]);
    return { name, library: OURS, ...throughput(text, others[i]), against: 'encode', ratio };
  });
}

/** GPT-1's own tokenizer, when the data folder has its files. */
export async function measureGpt1(source: TextSource, rounds: number): Promise<TokenizerRow[]> {
  const tokenizer = await released();
  if (tokenizer === undefined) return [];
  const text = readTextSource(source);
  const [times] = await alternate([await slicesOf(subject(() => tokenizer.encode(text)))], rounds);
  return [{ name: GPT1, library: OURS, ...throughput(text, times) }];
}

async function released(): Promise<Tokenizer | undefined> {
  const storage = new FolderStorage(join(DATA_FOLDER, 'tok-gpt1'));
  const isThere = (await storage.read('encoder_bpe_40000.json')) !== undefined;
  return isThere ? await loadTokenizer(storage) : undefined;
}

/** How many times as long 10^6 characters take as 10^5. */
export async function measureLinearity(runs: readonly Run[], rounds: number): Promise<TokenizerRow[]> {
  const tokenizer = gpt2();
  const rows: TokenizerRow[] = [];
  for (const run of runs) {
    const slices = [];
    for (const text of [1e5, 1e6].map(texts[run]))
      slices.push(await slicesOf(subject(() => tokenizer.encode(text))));
    const [short, long] = await alternate(slices, rounds);
    const times = long.map((ms, round) => ms / short[round]);
    rows.push({
      ...{ name: linearName(run), library: OURS, value: median(times), spread: spreadOf(times) },
      ...{ unit: 'times as long', against: `${LINEAR_BAR} times`, ratio: LINEAR_BAR / median(times), bar: 1 },
    });
  }
  return rows;
}

function subject(run: () => unknown): { run(): Promise<void>; [Symbol.dispose](): void } {
  return {
    async run() {
      await run();
    },
    [Symbol.dispose]() {},
  };
}
