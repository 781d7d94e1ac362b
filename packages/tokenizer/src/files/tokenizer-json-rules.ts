/**
 * Which settings of a `tokenizer.json` give exactly the ids of our tokenizers.
 *
 * Meaning and defaults of the settings follow huggingface/tokenizers, `tokenizers/src` (`models/bpe`, `normalizers/bert.rs`,
 * `pre_tokenizers/byte_level.rs`); the two sets are what its converters write for GPT-2 and for openai-gpt.
 */
import { type JsonReader, type JsonValue, showJson } from '@gpt-ts/core';
import { END_OF_WORD } from './character-symbols.js';

/** Settings by path, such as `model.dropout`, and where they are in the text. */
export type Fields = Map<string, { readonly at: number; readonly value: JsonValue }>;

interface Rule {
  readonly path: string;
  readonly expected: string;
  /** Gets null for a setting that is left out. */
  readonly holds: (value: JsonValue) => boolean;
}

const isNull = (value: JsonValue): boolean => value === null;
const isEmpty = (value: JsonValue): boolean => value === null || value === '';
const isOff = (value: JsonValue): boolean => value === null || value === false || value === 0;

const COMMON: readonly Rule[] = [
  { path: 'truncation', expected: 'null', holds: isNull },
  { path: 'padding', expected: 'null', holds: isNull },
  { path: 'model.dropout', expected: 'null', holds: isOff },
  { path: 'model.byte_fallback', expected: 'false', holds: isOff },
  { path: 'model.ignore_merges', expected: 'false', holds: isOff },
  { path: 'model.continuing_subword_prefix', expected: 'empty', holds: isEmpty },
];

const BYTE_BPE: readonly Rule[] = [
  { path: 'normalizer', expected: 'null', holds: isNull },
  {
    path: 'pre_tokenizer',
    expected: 'ByteLevel with add_prefix_space false and use_regex true',
    holds: (value) => isStep(value, 'ByteLevel', { add_prefix_space: [false], use_regex: [true, undefined] }),
  },
  {
    path: 'post_processor', // ByteLevel's moves offsets and leaves the ids alone
    expected: 'null or ByteLevel',
    holds: (value) => value === null || isStep(value, 'ByteLevel'),
  },
  { path: 'decoder', expected: 'ByteLevel', holds: (value) => isStep(value, 'ByteLevel') },
  { path: 'model.end_of_word_suffix', expected: 'empty', holds: isEmpty },
];

const GPT1_BPE: readonly Rule[] = [
  {
    path: 'normalizer',
    expected: 'BertNormalizer that cleans, lower-cases and strips accents',
    holds: (value) =>
      isStep(value, 'BertNormalizer', {
        clean_text: [true],
        handle_chinese_chars: [true],
        strip_accents: [null, true, undefined], // null: as lowercase
        lowercase: [true],
      }),
  },
  { path: 'post_processor', expected: 'null', holds: isNull },
  {
    path: 'decoder',
    expected: `BPEDecoder with suffix "${END_OF_WORD}"`,
    holds: (value) => isStep(value, 'BPEDecoder', { suffix: [END_OF_WORD] }),
  },
  {
    path: 'model.end_of_word_suffix',
    expected: `"${END_OF_WORD}"`,
    holds: (value) => value === END_OF_WORD,
  },
  { path: 'model.unk_token', expected: '"<unk>"', holds: (value) => value === '<unk>' },
  { path: 'model.fuse_unk', expected: 'false', holds: isOff },
];

/**
 * Which of our tokenizers the settings describe.
 *
 * @throws {@link InvalidFileError} naming the first setting that would give other ids.
 */
export function kindOf(fields: Fields, reader: JsonReader): 'byte-bpe' | 'gpt1-bpe' {
  const isGpt1 = isStep(settingOf(fields, 'pre_tokenizer'), 'BertPreTokenizer');
  for (const { path, expected, holds } of [...COMMON, ...(isGpt1 ? GPT1_BPE : BYTE_BPE)]) {
    const value = settingOf(fields, path);
    if (holds(value)) continue;
    const at = fields.get(path)?.at ?? 0; // what is left out is told at the first character
    throw reader.fail(at, `${path} must be ${expected}, got ${showJson(value)}`);
  }
  return isGpt1 ? 'gpt1-bpe' : 'byte-bpe';
}

function settingOf(fields: Fields, path: string): JsonValue {
  return fields.get(path)?.value ?? null;
}

/** Whether a step has the type and each of these settings one of its values; `undefined` is a setting left out. */
function isStep(
  value: JsonValue,
  type: string,
  settings: Readonly<Record<string, readonly (JsonValue | undefined)[]>> = {},
): boolean {
  const step = onlyStep(value);
  if (!(step instanceof Map) || step.get('type') !== type) return false;
  return Object.entries(settings).every(([name, allowed]) => allowed.includes(step.get(name)));
}

/** The step itself, or the one that a `Sequence` of one holds. */
function onlyStep(value: JsonValue): JsonValue {
  if (!(value instanceof Map) || value.get('type') !== 'Sequence') return value;
  for (const list of ['normalizers', 'pretokenizers', 'processors', 'decoders']) {
    const steps = value.get(list);
    if (Array.isArray(steps) && steps.length === 1) return steps[0];
  }
  return value;
}
