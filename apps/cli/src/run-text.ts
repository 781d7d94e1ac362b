/** From what a run reads to the sequences it learns from. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError } from '@gpt-ts/core';
import {
  type Batch,
  type Corpus,
  corpusFromDocuments,
  joinCorpora,
  mixture,
  randomWindows,
  type Sequences,
  STORY_KINDS,
  shuffledSequences,
  splitCorpus,
  storyCorpus,
  sweepWindows,
} from '@gpt-ts/data';
import { readText, unreadable } from '@gpt-ts/data/node';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { isPacked, type PackedSource, type PackedText, packedText } from './packed-text.js';
import type { documentLayouts } from './run-config.js';

/** Where text comes from, and what it was: `--resume` wants the same. */
export type TextSource =
  | { kind: 'stories'; seed: number; characters: number; kinds: number }
  | { kind: 'file'; path: string; sha256: string; weight?: number }
  | PackedSource;

/** A text with its source. */
export interface SourceText {
  source: Exclude<TextSource, PackedSource>;
  text: string;
}

/** What a run learns from: text, or ids that were made of it before. */
export type RunText = SourceText | PackedText;

const SEPARATOR = '<|endoftext|>';

/** The story world's text. */
export function storyText(seed: number, characters: number, kinds: number = STORY_KINDS): SourceText {
  return {
    text: storyCorpus({ seed, characters, kinds }),
    source: { kind: 'stories', seed, characters, kinds },
  };
}

/** The text of a file, or of a folder's `.txt` files in the order of their names; or the shards of a folder. */
export async function fileText(path: string, weight?: number): Promise<RunText> {
  const info = await stat(path).catch((error) => {
    throw unreadable(path, error);
  });
  if (info.isDirectory() && isPacked(path)) return await packedText(path, weight);
  const files = info.isDirectory() ? await textsIn(path) : [path];
  const texts: string[] = [];
  for (const file of files) texts.push(await readText(file));
  const text = texts.join(SEPARATOR);
  return { text, source: { kind: 'file', path: resolve(path), sha256: sha256(text), weight } };
}

async function textsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  if (names.length > 0) return names.map((name) => join(folder, name));
  throw new InvalidFileError({ file: folder, problem: 'has no file whose name ends in .txt' });
}

/**
 * The text that a source told of.
 *
 * @throws InvalidFileError when it has changed since.
 */
export async function sameText(source: TextSource): Promise<RunText> {
  if (source.kind === 'stories') return storyText(source.seed, source.characters, source.kinds);
  const found = await fileText(source.path, source.weight);
  if (found.source.kind === source.kind && found.source.sha256 === source.sha256) return found;
  throw new InvalidFileError({
    file: source.path,
    problem: 'the text is not the one this run was started with',
    hint: 'Bring the old file back, or start a new run.',
  });
}

/** How text becomes sequences; a run's `data` with nothing left out. */
export interface SequenceOptions {
  documents: (typeof documentLayouts)[number];
  replacement: boolean;
  heldOut: number;
  evalTokens: number;
  nCtx: number;
  batchSize: number;
  seed: number;
}

/** What a run learns from, by number, and what it is judged on. */
export interface RunSequences {
  sequences: Sequences;
  validation(): Iterable<Batch>;
  /** Tokens to learn from. */
  tokens: number;
}

/**
 * Texts as sequences. With weights, every text is a corpus that is drawn from by its weight; without, they are one corpus.
 *
 * @throws InvalidFileError when a part of a text is shorter than the context.
 */
export function sequencesOf(
  tokenizer: AnyTokenizer,
  texts: readonly RunText[],
  options: SequenceOptions,
): RunSequences {
  const weights = texts.map(({ source }) => (source.kind === 'stories' ? undefined : source.weight));
  const mixed = weights.every((weight) => weight !== undefined);
  const groups = mixed ? texts.map((text) => [text]) : [texts];
  const parts = groups.map((group) => partOf(corporaOf(tokenizer, group), group, options));
  const { seed } = options;
  const sources = parts.map(({ sequences }, i) => ({ sequences, weight: weights[i] ?? 1 }));
  return {
    sequences: mixed ? mixture({ sources, seed }) : parts[0].sequences,
    *validation() {
      for (const part of parts) yield* part.sweep;
    },
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

function partOf(
  corpora: Corpora,
  texts: readonly RunText[],
  { documents, replacement, heldOut, evalTokens, nCtx, batchSize, seed }: SequenceOptions,
): { sequences: Sequences; sweep: Iterable<Batch>; tokens: number } {
  try {
    const { train, validation } = splitCorpora(corpora, { heldOut, seed });
    const sequences =
      replacement && documents === 'packed'
        ? randomWindows({ corpus: train, nCtx, seed })
        : shuffledSequences({ corpus: train, nCtx, seed, documents });
    const maxTokens = Math.max(evalTokens, nCtx);
    const sweep = sweepWindows({ corpus: validation, nCtx, batchSize, documents, maxTokens });
    return { sequences, sweep, tokens: train.tokens };
  } catch (cause) {
    const least = Math.ceil((nCtx + 1) / heldOut);
    const tokens = [...corpora.whole, ...corpora.train].reduce((sum, corpus) => sum + corpus.tokens, 0);
    throw new InvalidFileError({
      file: texts
        .map(({ source }) => (source.kind === 'stories' ? 'the story world' : source.path))
        .join(', '),
      problem: `its ${tokens} tokens are too few to learn from and to hold ${heldOut} of them back: ${(cause as Error).message}`,
      hint: `Give a text of ${least} tokens or more, or a smaller --n-ctx.`,
      cause,
    });
  }
}

/** Documents by what is still to be done with them. */
interface Corpora {
  /** To be split. */
  whole: Corpus[];
  /** Of what was split when it was packed. */
  train: Corpus[];
  validation: Corpus[];
}

function corporaOf(tokenizer: AnyTokenizer, texts: readonly RunText[]): Corpora {
  const corpora: Corpora = { whole: [], train: [], validation: [] };
  const plain = texts.filter((text) => 'text' in text);
  if (plain.length > 0) corpora.whole.push(corpusOf(tokenizer, plain));
  for (const text of texts) {
    if ('text' in text) continue;
    corpora[text.validation ? 'train' : 'whole'].push(text.train);
    if (text.validation) corpora.validation.push(text.validation);
  }
  if (tokenizer.eotId === undefined && corpora.whole.length + corpora.train.length > 1) {
    throw new InvalidArgumentError({
      argument: 'data',
      expected: 'given with weights, since this tokenizer has no <|endoftext|> to stand between its sources',
      received: texts.map(({ source }) => source),
    });
  }
  return corpora;
}

function splitCorpora(
  { whole, train, validation }: Corpora,
  { heldOut, seed }: { heldOut: number; seed: number },
): { train: Corpus; validation: Corpus } {
  if (whole.length === 0) return { train: joinCorpora(train), validation: joinCorpora(validation) };
  const split = splitCorpus(joinCorpora(whole), { validationFraction: heldOut, seed });
  return {
    train: joinCorpora([split.train, ...train]),
    validation: joinCorpora([split.validation, ...validation]),
  };
}

/** The ids of texts; `<|endoftext|>` in them separates documents. */
function corpusOf(tokenizer: AnyTokenizer, texts: readonly SourceText[]): Corpus {
  const documents = texts.flatMap(({ text }) => text.split(SEPARATOR));
  const { eotId } = tokenizer;
  // A tokenizer without an end-of-text, such as GPT-1's, puts a line break there, and all is one document.
  const whole = eotId === undefined ? [documents.join('\n')] : documents;
  return corpusFromDocuments(
    whole.map((document) => tokenizer.encode(document)),
    { eotId },
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
