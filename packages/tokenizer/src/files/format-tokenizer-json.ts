/** Writes the `tokenizer.json` that Hugging Face's converters make of GPT-2's and GPT-1's files. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { END_OF_WORD } from './character-symbols.js';
import type { TokenizerJson } from './tokenizer-json.js';
import { formatVocab } from './vocab-json.js';

/** Offsets are moved by these settings, ids are not. */
const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true };

const STEPS = {
  'byte-bpe': {
    normalizer: null,
    pre_tokenizer: { ...BYTE_LEVEL, add_prefix_space: false },
    post_processor: { ...BYTE_LEVEL, trim_offsets: false },
    decoder: BYTE_LEVEL,
  },
  'gpt1-bpe': {
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'BPEDecoder', suffix: END_OF_WORD },
  },
};

/**
 * The text of a `tokenizer.json`. A vocabulary of GPT-1 splits words as Hugging Face does in this format, because it
 * has no word for what OpenAI did.
 *
 * @throws {@link InvalidArgumentError} when a special token is not in `tokens`, or GPT-1's have no `<unk>`.
 * @example
 * const { kind, tokens, merges, specialTokens } = tokenizer; // a ByteBpeTokenizer
 * formatTokenizerJson({ kind, tokens, merges, specialTokens: [...specialTokens.keys()] });
 */
export function formatTokenizerJson({ kind, tokens, merges, specialTokens }: TokenizerJson): string {
  const isGpt1 = kind === 'gpt1-bpe';
  if (isGpt1 && !tokens.includes('<unk>')) {
    throw new InvalidArgumentError({ argument: 'tokens', expected: 'a list with "<unk>"', received: tokens });
  }
  const added = specialTokens.map((content, i) => {
    const id = tokens.indexOf(content);
    if (id < 0) {
      const expected = 'one of the tokens';
      throw new InvalidArgumentError({ argument: `specialTokens[${i}]`, expected, received: content });
    }
    const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
    return { id, content, ...plain, special: true };
  });
  const settings = {
    type: 'BPE',
    dropout: null,
    unk_token: isGpt1 ? '<unk>' : null,
    continuing_subword_prefix: '',
    end_of_word_suffix: isGpt1 ? END_OF_WORD : '',
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
  };
  const head = { version: '1.0', truncation: null, padding: null, added_tokens: added, ...STEPS[kind] };
  const pairs = merges.map((merge) => merge.join(' ')); // the spelling that old and new versions read
  // the vocabulary is put in by hand, because an object would list tokens such as "7" first
  const model = `${open(settings)}, "vocab": ${formatVocab(tokens).trimEnd()}, "merges": ${JSON.stringify(pairs)}}`;
  return `${open(head)}, "model": ${model}}\n`;
}

/** An object's JSON without the last brace. */
function open(object: object): string {
  return JSON.stringify(object).slice(0, -1);
}
