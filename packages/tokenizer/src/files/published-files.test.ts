/** The published files of both models, and the one file made from them, read by Hugging Face's library. */
import { MemoryStorage } from '@gpt-ts/core';
import { Tokenizer } from '@huggingface/tokenizers';
import { expect } from 'vitest';
import { readData, testWithData } from '../../test/support/shared-data.js';
import { loadTokenizer } from '../load-tokenizer.js';
import { characterSymbols } from './character-symbols.js';
import { formatTokenizerJson } from './format-tokenizer-json.js';
import { parseMerges } from './merges-txt.js';
import { parseTokenizerJson, type TokenizerJson } from './tokenizer-json.js';
import { parseByteVocabIds, parseVocab } from './vocab-json.js';

const GPT2 = ['tok-gpt2/encoder.json', 'tok-gpt2/vocab.bpe'];
const GPT1 = ['tok-gpt1/encoder_bpe_40000.json', 'tok-gpt1/vocab_40000.bpe'];
const TEXTS = [
  'lm-tinyshakespeare/input.txt',
  'tok-torture/blns.txt',
  'tok-torture/wagahaiwa_nekodearu.head.txt',
];

/** Lines of all texts, those of the long one thinned out. */
function lines(): string[] {
  const all = TEXTS.map((path) => readData(path).split('\n'));
  return [...all[0].slice(0, 2000), ...all[1], ...all[2].slice(0, 500)];
}

async function fromOneFile(json: string): ReturnType<typeof loadTokenizer> {
  const storage = new MemoryStorage();
  await storage.write('tokenizer.json', [new TextEncoder().encode(json)]);
  return loadTokenizer(storage);
}

testWithData(
  "GPT-2's files give its tokens, and one file with the same ids",
  [...GPT2, ...TEXTS],
  async () => {
    const { tokens } = parseByteVocabIds(readData(GPT2[0]), 'encoder.json');
    const merges = parseMerges(readData(GPT2[1]), tokens, 'vocab.bpe');
    expect([tokens.length, merges.length]).toEqual([50_257, 50_000]);
    expect(tokens[256 + 49_999]).toBe(merges[49_999].join(''));
    const record: TokenizerJson = { kind: 'byte-bpe', tokens, merges, specialTokens: ['<|endoftext|>'] };
    const json = formatTokenizerJson(record);
    expect(parseTokenizerJson(json, 'tokenizer.json')).toEqual(record);
    const ours = await fromOneFile(json);
    const theirs = new Tokenizer(JSON.parse(json), {});
    for (const line of lines()) {
      if (/[\u0085\ufeff]|<\|endoftext\|>/.test(line)) continue; // see tokenizer-json.test.ts
      expect(ours.encode(line), line).toEqual(theirs.encode(line).ids);
    }
  },
);

testWithData(
  "GPT-1's files give its tokens, and one file with the same ids",
  [...GPT1, ...TEXTS],
  async () => {
    const tokens = parseVocab(readData(GPT1[0]), 'encoder_bpe_40000.json');
    const base = characterSymbols(tokens);
    const merges = parseMerges(readData(GPT1[1]), tokens, 'vocab_40000.bpe', base);
    expect([tokens.length, merges.length, base.length]).toEqual([40_478, 40_000, 2 * 238 + 1]); // and the line break
    expect(tokens[477 + 39_999]).toBe(merges[39_999].join(''));
    const record: TokenizerJson = { kind: 'gpt1-bpe', tokens, merges, specialTokens: ['<unk>'] };
    const json = formatTokenizerJson(record);
    expect(parseTokenizerJson(json, 'tokenizer.json')).toEqual(record);
    const ours = await fromOneFile(json);
    expect(ours).toMatchObject({ kind: 'gpt1-bpe', pipeline: 'huggingface' });
    const theirs = new Tokenizer(JSON.parse(json), {});
    for (const line of lines()) {
      if (line.includes('<unk>')) continue;
      expect(ours.encode(line), line).toEqual(theirs.encode(line).ids);
    }
  },
);
