/** Speed on 2 MB of novels. Run with `npx vitest bench --project '@gpt-ts/tokenizer'`. */
import { existsSync } from 'node:fs';
import { encode as npmEncode } from 'gpt-tokenizer/encoding/r50k_base';
import { bench, describe } from 'vitest';
import { trainByteBpe } from '../src/train/train-byte-bpe.js';
import { gpt2FromNpm } from './support/gpt2.js';
import { dataPath, readData } from './support/shared-data.js';

const NOVELS = ['alice-in-wonderland', 'frankenstein', 'huckleberry-finn', 'pride-and-prejudice'];
const paths = NOVELS.map((name) => `lm-gutenberg-novels/${name}.txt`);
const options = { time: 0, iterations: 5, warmupIterations: 1, warmupTime: 0 };

describe.skipIf(!paths.every((path) => existsSync(dataPath(path))))('2 MB of novels', () => {
  const text = paths.map(readData).join('\n');
  const gpt2 = gpt2FromNpm();
  bench('train a vocabulary of 1024', async () => void (await trainByteBpe(text, { nVocab: 1024 })), options);
  bench(
    'train a vocabulary of 50257',
    async () => void (await trainByteBpe(text, { nVocab: 50257 })),
    options,
  );
  bench('encode as GPT-2', () => void gpt2.encode(text), options);
  bench('encode as GPT-2 with gpt-tokenizer', () => void npmEncode(text), options);
});
