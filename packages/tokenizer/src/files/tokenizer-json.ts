/**
 * `tokenizer.json`, the one-file format of Hugging Face's `tokenizers`: vocabulary, merges and the steps around them.
 *
 * Of the many tokenizers it can describe two are ours, GPT-2's byte-level BPE and GPT-1's. `tokenizer-json-rules.ts`
 * says how they are recognised; anything that would give other ids is refused.
 */
import { InvalidFileError, JsonReader, type JsonValue, show, showJson } from '@gpt-ts/core';
import { BYTE_CHARACTERS } from '../bpe/byte-characters.js';
import type { Merge } from '../bpe/merge-ranks.js';
import { addTokens, assertSpecial, type Placed } from './added-tokens.js';
import { characterSymbols } from './character-symbols.js';
import { MergeList } from './merge-list.js';
import { type Fields, kindOf } from './tokenizer-json-rules.js';
import { assertBytes, inIdOrder, readEntries, type Vocab, type VocabEntries } from './vocab-json.js';

/** What a `tokenizer.json` says. */
export interface TokenizerJson {
  /** `'gpt1-bpe'` splits words as Hugging Face does, which is not as OpenAI did. */
  readonly kind: 'byte-bpe' | 'gpt1-bpe';
  /** In id order, special tokens included. */
  readonly tokens: readonly string[];
  /** In order of rank. */
  readonly merges: readonly Merge[];
  /** In id order. */
  readonly specialTokens: readonly string[];
}

/**
 * Reads a `tokenizer.json`.
 *
 * @throws {@link InvalidFileError} with line and column, when the text is wrong or asks for something that GPT-1's and
 * GPT-2's tokenizers do not do.
 * @example
 * const { kind, tokens } = parseTokenizerJson(text, 'tokenizer.json'); // the published GPT-2
 * kind; // => 'byte-bpe'
 * tokens.length; // => 50257
 */
export function parseTokenizerJson(text: string, file: string): TokenizerJson {
  const reader = new JsonReader(text, file);
  const { fields, entries, merges, added } = readParts(reader);
  if (entries === undefined)
    throw new InvalidFileError({ file, field: 'model.vocab', problem: 'is missing' });
  if (merges === undefined)
    throw new InvalidFileError({ file, field: 'model.merges', problem: 'is missing' });
  const kind = kindOf(fields, reader);
  const special = addTokens(added, entries, reader);
  const vocab = inIdOrder(entries, reader);
  const isBytes = kind === 'byte-bpe';
  if (isBytes) assertBytes(vocab.ids, file);
  const base = isBytes ? BYTE_CHARACTERS : characterSymbols(vocab.tokens);
  const list = mergeList(merges, vocab, base, reader);
  const made = new Set(base);
  for (let i = 2; i < list.triples.length; i += 3) made.add(vocab.tokens[list.triples[i]]);
  // GPT-1's vocabulary has a token for line breaks that this pipeline never makes
  assertSpecial(special, made, vocab, reader, isBytes);
  const specialTokens = vocab.tokens.filter((token) => special.has(token));
  return { kind, tokens: vocab.tokens, merges: list.toMerges(), specialTokens };
}

interface Parts {
  readonly fields: Fields;
  readonly entries: VocabEntries | undefined;
  readonly merges: Placed[] | undefined;
  readonly added: Placed[];
}

/** Reads the file once: what is long with the place of every entry, the rest as fields such as `model.type`. */
function readParts(reader: JsonReader): Parts {
  const fields: Fields = new Map();
  const lists = new Map<string, Placed[]>();
  let entries: VocabEntries | undefined;
  const readField = (path: string, at: number): void => {
    if (fields.has(path)) throw reader.fail(at, `the key ${show(path)} comes twice`);
    fields.set(path, { at, value: null });
    if (path === 'model') reader.members((key, keyAt) => readField(`model.${key}`, keyAt));
    else if (path === 'model.vocab') entries = readEntries(reader);
    else if (path === 'model.merges' || path === 'added_tokens') lists.set(path, readList(reader));
    else fields.set(path, { at, value: reader.value() });
    // told at once, because the vocab of another type need not be an object; old files of GPT-2 have no type
    if (path === 'model.type') assertBpe(fields.get(path)!, reader);
  };
  reader.members(readField);
  reader.end();
  return { fields, entries, merges: lists.get('model.merges'), added: lists.get('added_tokens') ?? [] };
}

function assertBpe({ value, at }: Placed, reader: JsonReader): void {
  if (value !== 'BPE') throw reader.fail(at, `model.type must be "BPE", got ${showJson(value)}`);
}

function readList(reader: JsonReader): Placed[] {
  const list: Placed[] = [];
  reader.items((at) => list.push({ value: reader.value(), at }));
  return list;
}

function mergeList(merges: Placed[], vocab: Vocab, base: readonly string[], reader: JsonReader): MergeList {
  const list = new MergeList(vocab);
  for (const { value, at } of merges) {
    const parts = typeof value === 'string' ? value.split(' ', 3) : value;
    if (!isPair(parts)) {
      const expected = 'a merge must be two tokens without spaces, "a b" or ["a", "b"]';
      throw reader.fail(at, `model.merges: ${expected}, got ${showJson(value)}`);
    }
    const problem = list.add(parts[0], parts[1]);
    if (problem !== undefined) throw reader.fail(at, `model.merges: ${problem}`);
  }
  const orphan = list.orphan(base);
  if (orphan !== undefined) throw reader.fail(merges[orphan.rank].at, `model.merges: ${orphan.problem}`);
  return list;
}

function isPair(parts: JsonValue): parts is [string, string] {
  const isPart = (part: JsonValue): boolean => typeof part === 'string' && part !== '' && !part.includes(' ');
  return Array.isArray(parts) && parts.length === 2 && parts.every(isPart);
}
