/** From what a run reads to the sequences it learns from. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import {
  type Batch,
  type Corpus,
  corpusFromDocuments,
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
import type { documentLayouts } from './run-config.js';

/** Where text comes from, and what it was: `--resume` wants the same. */
export type TextSource =
  | { kind: 'stories'; seed: number; characters: number; kinds: number }
  | { kind: 'file'; path: string; sha256: string; weight?: number };

/** A text with its source. */
export interface SourceText {
  source: TextSource;
  text: string;
}

const SEPARATOR = '<|endoftext|>';

/** The story world's text. */
export function storyText(seed: number, characters: number, kinds: number = STORY_KINDS): SourceText {
  return {
    text: storyCorpus({ seed, characters, kinds }),
    source: { kind: 'stories', seed, characters, kinds },
  };
}

/** The text of a file, or of a folder's `.txt` files in the order of their names. */
export async function fileText(path: string, weight?: number): Promise<SourceText> {
  const info = await stat(path).catch((error) => {
    throw unreadable(path, error);
  });
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
export async function sameText(source: TextSource): Promise<SourceText> {
  if (source.kind === 'stories') return storyText(source.seed, source.characters, source.kinds);
  const found = await fileText(source.path, source.weight);
  if (found.source.kind === 'file' && found.source.sha256 === source.sha256) return found;
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
  texts: readonly SourceText[],
  options: SequenceOptions,
): RunSequences {
  const weights = texts.map(({ source }) => (source.kind === 'file' ? source.weight : undefined));
  const mixed = weights.every((weight) => weight !== undefined);
  const groups = mixed ? texts.map((text) => [text]) : [texts];
  const parts = groups.map((group) => partOf(corpusOf(tokenizer, group), group, options));
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
  corpus: Corpus,
  texts: readonly SourceText[],
  { documents, replacement, heldOut, evalTokens, nCtx, batchSize, seed }: SequenceOptions,
): { sequences: Sequences; sweep: Iterable<Batch>; tokens: number } {
  try {
    const { train, validation } = splitCorpus(corpus, { validationFraction: heldOut, seed });
    const sequences =
      replacement && documents === 'packed'
        ? randomWindows({ corpus: train, nCtx, seed })
        : shuffledSequences({ corpus: train, nCtx, seed, documents });
    const maxTokens = Math.max(evalTokens, nCtx);
    const sweep = sweepWindows({ corpus: validation, nCtx, batchSize, documents, maxTokens });
    return { sequences, sweep, tokens: train.tokens };
  } catch (cause) {
    const least = Math.ceil((nCtx + 1) / heldOut);
    throw new InvalidFileError({
      file: texts.map(({ source }) => (source.kind === 'file' ? source.path : 'the story world')).join(', '),
      problem: `its ${corpus.tokens} tokens are too few to learn from and to hold ${heldOut} of them back: ${(cause as Error).message}`,
      hint: `Give a text of ${least} tokens or more, or a smaller --n-ctx.`,
      cause,
    });
  }
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
