/** Agreement with GPT-1: recorded values of OpenAI's encoder, and Hugging Face's tokenizer as npm carries it. */
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRepairText } from '../src/gpt1/repair-text.js';
import { splitEnglish } from '../src/gpt1/split-english.js';
import { standardize } from '../src/gpt1/standardize.js';
import {
  type Gpt1Vector,
  goldenPath,
  gpt1Vectors,
  RELEASED,
  readLines,
  releasedGpt1,
  testWithPaths,
} from './support/gpt1.js';
import { dataPath, readData } from './support/shared-data.js';
import { numRuns, unicode } from './support/unicode.js';

const VECTORS = goldenPath('gpt1-tokenizer/vectors.jsonl');
const FTFY = goldenPath('gpt1-tokenizer/ftfy.jsonl');

// All 1,500 lines agree in every step, so no line is excepted.
describe("GPT-1's official pipeline", () => {
  test('repairs and standardizes the recorded lines as ftfy and text_standardize', async () => {
    await expectStandardized(gpt1Vectors);
  });

  test('cuts the recorded lines as spaCy', () => {
    expectTokens(gpt1Vectors);
  });

  testWithPaths('gives the recorded ids', [RELEASED], () => expectIds(gpt1Vectors));

  testWithPaths('agrees on all 1,500 lines, too', [VECTORS, RELEASED], async () => {
    const vectors = readLines<Gpt1Vector>(VECTORS);
    expect(vectors).toHaveLength(1500);
    await expectStandardized(vectors);
    expectTokens(vectors);
    await expectIds(vectors);
  });

  testWithPaths('repairs 300 texts as Python does', [FTFY], async () => {
    const repair = await loadRepairText();
    const lines = readLines<{ text: string; fixed: string }>(FTFY);
    expect(lines).toHaveLength(300);
    for (const { text, fixed } of lines) expect(repair(text), text).toBe(fixed);
  });

  testWithPaths('has the released vocabulary', [RELEASED], async () => {
    const gpt1 = await releasedGpt1();
    expect(gpt1).toMatchObject({ nVocab: 40478, eotId: undefined, unkId: 0, newlineId: 40477 });
    expect(gpt1.specialTokens).toEqual(new Map([['<unk>', 0]]));
    expect([1, 239, 477, 479].map((id) => gpt1.tokens[id])).toEqual(['.', '.</w>', 'th', 'ed</w>']);
    expect(gpt1.merges).toHaveLength(40_000);
  });

  // Computed with OpenAI's text_utils.py, spaCy 3.8 and ftfy 6.3.
  testWithPaths('encodes and decodes', [RELEASED], async () => {
    const gpt1 = await releasedGpt1();
    const vectors: [text: string, ids: number[], decoded: string][] = [
      ['Hello world!', [3570, 1276, 267], 'hello world !'],
      [
        'The quick brown fox jumps over the lazy dog.',
        [481, 2279, 2507, 8573, 11670, 715, 481, 8447, 2585, 239],
        'the quick brown fox jumps over the lazy dog .',
      ],
      ["I don't know.", [249, 587, 538, 699, 239], "i do n't know ."],
      ['line one\nline two', [1584, 566, 40477, 1584, 867], 'line one\nline two'],
      ['naïve café 你', [24213, 13550, 0], 'naïve café <unk>'],
      [
        'GPT-1 uses 40,000 merges; doesn’t it?',
        [30, 1992, 260, 277, 8411, 11083, 240, 7397, 1209, 2315, 270, 1056, 538, 507, 257],
        "gpt - 1 uses 40 , 000 merges ; does n't it ?",
      ],
      ['a', [246], 'a'],
      ['$', [289], '$'],
      ['', [], ''],
    ];
    for (const [text, ids, decoded] of vectors) {
      expect(gpt1.encode(text)).toEqual(ids);
      expect(gpt1.count(text)).toBe(ids.length);
      expect(gpt1.decode(ids)).toBe(decoded);
    }
  });

  testWithPaths('takes long words in a moment', [RELEASED], async () => {
    const gpt1 = await releasedGpt1();
    const start = performance.now();
    for (const [text, count] of [
      ['a', 1_000_000],
      ['_', 100_000],
      ['.', 1_000_000],
      ['(', 100_000],
      ['a:', 100_000],
      ['a-', 100_000],
      ['a.b@c.', 50_000],
      [':)', 50_000],
      ['Dr.', 50_000],
      [' ', 1_000_000],
      ['中', 100_000],
    ] as const) {
      expect(gpt1.count(text.repeat(count)) > 0).toBe(text !== ' ');
    }
    expect(gpt1.count(`http://${'a.b/'.repeat(100_000)}`) > 0).toBe(true);
    expect(performance.now() - start).toBeLessThan(20_000); // 3 s here; what grows with the square takes minutes
  });
});

describe("GPT-1's Hugging Face pipeline", () => {
  testWithPaths('equals @huggingface/tokenizers', [RELEASED, dataPath('tok-torture')], async () => {
    const ours = await releasedGpt1('huggingface');
    const theirs = huggingFace();
    const check = (text: string): void => {
      if (isDifferent(text)) return;
      expect(ours.encode(text), text).toEqual(theirs.encode(text, { add_special_tokens: false }).ids);
    };
    for (const { text } of gpt1Vectors) check(text);
    const naughty: string[] = JSON.parse(readData('tok-torture/blns.json'));
    for (const text of naughty) check(text);
    check(readData('lm-gutenberg-novels/time-machine.txt').slice(0, 20_000));
    fc.assert(fc.property(unicode, check), { numRuns });
  });

  testWithPaths('is another tokenizer than the official one', [RELEASED], async () => {
    const gpt1 = await releasedGpt1('huggingface');
    expect(gpt1.words("I don't know.")).toEqual(['i', 'don', "'", 't', 'know', '.']);
    expect(gpt1.encode('line one\nline two')).toEqual([1584, 566, 1584, 867]);
    expect(gpt1.words('Naïve\nCafé, 3.14')).toEqual(['naive', 'cafe', ',', '3', '.', '14']);
  });
});

async function expectStandardized(vectors: readonly Gpt1Vector[]): Promise<void> {
  const repair = await loadRepairText();
  for (const { text, standardized } of vectors) expect(standardize(repair(text)), text).toBe(standardized);
}

function expectTokens(vectors: readonly Gpt1Vector[]): void {
  for (const { text, standardized, spacy_tokens } of vectors) {
    expect(splitEnglish(standardized), text).toEqual(spacy_tokens);
  }
}

async function expectIds(vectors: readonly Gpt1Vector[]): Promise<void> {
  const gpt1 = await releasedGpt1();
  for (const { text, ids } of vectors) expect(gpt1.encode(text), text).toEqual(ids);
}

/** The tokenizer.json that Hugging Face's converter makes of the released files, but for `<unk>` as an added token. */
function huggingFace(): Tokenizer {
  const merges = readData('tok-gpt1/vocab_40000.bpe').split('\n').slice(1, -1);
  const model = {
    type: 'BPE',
    dropout: null,
    unk_token: '<unk>',
    continuing_subword_prefix: null,
    end_of_word_suffix: '</w>',
    fuse_unk: false,
    vocab: JSON.parse(readData('tok-gpt1/encoder_bpe_40000.json')),
    merges,
  };
  const normalizer = {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  };
  return new Tokenizer(
    {
      version: '1.0',
      added_tokens: [],
      normalizer,
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: { type: 'BPEDecoder', suffix: '</w>' },
      model,
    },
    {},
  );
}

/**
 * Where the npm package is not Hugging Face's own: it sees UTF-16 units where that sees characters, and lower-cases whole
 * texts, in which a last sigma is another letter.
 */
function isDifferent(text: string): boolean {
  return /[\u{10000}-\u{10ffff}Σ]/u.test(text);
}
