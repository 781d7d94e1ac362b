/**
 * What `loadTokenizer` does, in a module of its own: it is as large as everything else that encodes and decodes, and is
 * needed once, if at all.
 *
 * `tokenizer_class` in `tokenizer_config.json` says which tokenizer it is. Where there is no such file or field, as in
 * the published GPT-2, the names and the vocabulary say it.
 */
import {
  InvalidFileError,
  type JsonObject,
  type JsonValue,
  parseJsonObject,
  type Storage,
  show,
  showJson,
} from '@gpt-ts/core';
import type { Merge } from './bpe/merge-ranks.js';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { CharTokenizer, isCharacter } from './char-tokenizer.js';
import { characterSymbols } from './files/character-symbols.js';
import { formatMerges, parseMerges } from './files/merges-txt.js';
import { readText } from './files/text-file.js';
import { parseTokenizerJson } from './files/tokenizer-json.js';
import { formatVocab, parseVocab } from './files/vocab-json.js';
import type { Gpt1Pipeline, Gpt1Tokenizer } from './gpt1/gpt1-tokenizer.js';
import type { AnyTokenizer } from './load-tokenizer.js';

type BpeKind = 'byte-bpe' | 'gpt1-bpe';
type BpeTokenizer = ByteBpeTokenizer | Gpt1Tokenizer;

/** Two files that belong together. `kind` where the names say it; `pipeline` for GPT-1, where no field says it. */
interface FilePair {
  readonly vocab: string;
  readonly merges: string;
  readonly kind: BpeKind | undefined;
  readonly pipeline: Gpt1Pipeline;
}

const CONFIG = 'tokenizer_config.json';
const ONE_FILE = 'tokenizer.json';
const ADDED = 'added_tokens.json';

const CLASSES: ReadonlyMap<JsonValue, 'char' | BpeKind> = new Map([
  ['CharTokenizer', 'char'],
  ['GPT2Tokenizer', 'byte-bpe'],
  ['GPT2TokenizerFast', 'byte-bpe'],
  ['OpenAIGPTTokenizer', 'gpt1-bpe'],
  ['OpenAIGPTTokenizerFast', 'gpt1-bpe'],
]);

const SAVED: FilePair = {
  vocab: 'vocab.json',
  merges: 'merges.txt',
  kind: undefined,
  pipeline: 'huggingface',
};

/** As in openai/gpt-2 `models` and openai/finetune-transformer-lm `model`. */
const OPENAI: readonly FilePair[] = [
  { vocab: 'encoder.json', merges: 'vocab.bpe', kind: 'byte-bpe', pipeline: 'official' },
  { vocab: 'encoder_bpe_40000.json', merges: 'vocab_40000.bpe', kind: 'gpt1-bpe', pipeline: 'official' },
];

/** See `loadTokenizer`. */
export async function readTokenizer(storage: Storage): Promise<AnyTokenizer> {
  const config = parseJsonObject((await readText(storage, CONFIG)) ?? '{}', CONFIG);
  const kind = classKind(config.get('tokenizer_class'));
  if (kind === 'char') return loadChar(storage, config.get('unk_token'));
  // With these options Hugging Face encodes text as if a space or a token came before it.
  for (const option of ['add_prefix_space', 'add_bos_token']) {
    if (config.get(option) === true) throw wrongConfig(option, 'false', true);
  }
  const saved = (await loadPair(storage, SAVED, kind, config)) ?? (await loadOneFile(storage, kind, config));
  if (saved !== undefined) {
    await assertComplete(saved, storage);
    return saved;
  }
  for (const pair of OPENAI) {
    const tokenizer = await loadPair(storage, pair, kind, config);
    if (tokenizer !== undefined) return tokenizer;
  }
  throw await missingFile(storage, kind);
}

/** Hugging Face's older folders have tokens in a file of their own, behind those of `vocab.json`. */
async function assertComplete(tokenizer: BpeTokenizer, storage: Storage): Promise<void> {
  const added = parseJsonObject((await readText(storage, ADDED)) ?? '{}', ADDED);
  const known = new Set(tokenizer.tokens);
  const missing = [...added.keys()].find((token) => !known.has(token));
  if (missing === undefined) return;
  const hint = `Put it into vocab.json, or leave ${ADDED} out if the text does not need it.`;
  throw new InvalidFileError({
    file: ADDED,
    field: show(missing),
    problem: 'is not in the vocabulary',
    hint,
  });
}

function classKind(name: JsonValue | undefined): 'char' | BpeKind | undefined {
  if (name === undefined) return undefined;
  const kind = CLASSES.get(name);
  if (kind !== undefined) return kind;
  throw wrongConfig('tokenizer_class', '"CharTokenizer", "GPT2Tokenizer" or "OpenAIGPTTokenizer"', name);
}

/** The tokenizer of two files, or `undefined` when one is not there or they are of the other kind. */
async function loadPair(
  storage: Storage,
  pair: FilePair,
  wanted: BpeKind | undefined,
  config: JsonObject,
): Promise<BpeTokenizer | undefined> {
  if (pair.kind !== undefined && wanted !== undefined && pair.kind !== wanted) return undefined;
  const vocab = await readText(storage, pair.vocab);
  const merges = vocab === undefined ? undefined : await readText(storage, pair.merges);
  if (vocab === undefined || merges === undefined) return undefined;
  const kind = pair.kind ?? wanted ?? vocabKind(vocab);
  if (kind === 'byte-bpe') return ByteBpeTokenizer.fromFiles({ vocab, merges }, pair);
  const tokens = parseVocab(vocab, pair.vocab);
  const list = parseMerges(merges, tokens, pair.merges, characterSymbols(tokens));
  return gpt1(tokens, list, pipelineOf(config, pair.pipeline));
}

async function gpt1(
  tokens: readonly string[],
  merges: readonly Merge[],
  pipeline: Gpt1Pipeline,
): Promise<Gpt1Tokenizer> {
  const { Gpt1Tokenizer } = await import('./gpt1/gpt1-tokenizer.js'); // large, and few need it
  return Gpt1Tokenizer.fromTokens(tokens, merges, { pipeline });
}

async function loadOneFile(
  storage: Storage,
  wanted: BpeKind | undefined,
  config: JsonObject,
): Promise<BpeTokenizer | undefined> {
  const text = await readText(storage, ONE_FILE);
  if (text === undefined) return undefined;
  const { kind, tokens, merges } = parseTokenizerJson(text, ONE_FILE);
  if (wanted !== undefined && kind !== wanted) {
    const expected = `the class of ${ONE_FILE}, which is a ${kind}`;
    throw wrongConfig('tokenizer_class', expected, config.get('tokenizer_class'));
  }
  if (kind === 'gpt1-bpe') return gpt1(tokens, merges, pipelineOf(config, 'huggingface'));
  return ByteBpeTokenizer.fromFiles({ vocab: formatVocab(tokens), merges: formatMerges(merges) });
}

/** A byte-level vocabulary has the space, spelled `Ġ`, as a token; GPT-1's has tokens that end in `</w>`. */
function vocabKind(vocab: string): BpeKind {
  // a quote that no backslash precedes and this character follows begins a key
  const hasSpace = /(?<!\\)"(?:Ġ|\\u0120)"\s*:/.test(vocab);
  return !hasSpace && /<\/w>"\s*:/.test(vocab) ? 'gpt1-bpe' : 'byte-bpe';
}

function pipelineOf(config: JsonObject, otherwise: Gpt1Pipeline): Gpt1Pipeline {
  const pipeline = config.get('pipeline') ?? otherwise;
  if (pipeline === 'official' || pipeline === 'huggingface') return pipeline;
  throw wrongConfig('pipeline', '"official" or "huggingface"', pipeline);
}

/** Names the other file where one of two is there. */
async function missingFile(storage: Storage, kind: BpeKind | undefined): Promise<InvalidFileError> {
  const pairs = [SAVED, ...OPENAI].filter((pair) => kind === undefined || (pair.kind ?? kind) === kind);
  const [saved, ...openai] = pairs.map(({ vocab, merges }) => `${vocab} with ${merges}`);
  const hint = `Looked for ${[saved, ONE_FILE, ...openai].join(', ')}.`;
  for (const { vocab, merges } of pairs) {
    const hasVocab = (await readText(storage, vocab)) !== undefined;
    const hasMerges = (await readText(storage, merges)) !== undefined;
    if (hasVocab !== hasMerges) return noSuchFile(hasVocab ? merges : vocab, hint);
  }
  return noSuchFile(SAVED.vocab, hint);
}

function noSuchFile(file: string, hint: string): InvalidFileError {
  return new InvalidFileError({ file, problem: 'no such file', hint });
}

async function loadChar(storage: Storage, unk: JsonValue | undefined): Promise<CharTokenizer> {
  const file = SAVED.vocab;
  const json = await readText(storage, file);
  if (json === undefined) throw noSuchFile(file, 'A character tokenizer has its vocabulary there.');
  const characters = parseVocab(json, file);
  const long = characters.find((character) => !isCharacter(character));
  if (long !== undefined) {
    throw new InvalidFileError({ file, field: show(long), problem: 'is not one character' });
  }
  if (unk !== undefined && !(typeof unk === 'string' && characters.includes(unk))) {
    throw wrongConfig('unk_token', 'a character of the vocabulary', unk);
  }
  return new CharTokenizer(characters, { unk });
}

function wrongConfig(field: string, expected: string, received: JsonValue | undefined): InvalidFileError {
  const problem = `must be ${expected}, got ${showJson(received)}`;
  return new InvalidFileError({ file: CONFIG, field, problem });
}
