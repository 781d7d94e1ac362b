import { InvalidArgumentError } from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';
import type { DocumentWriterOptions, PackedFiles } from './document-writer.js';
import { MAX_SHARD_TOKENS, MAX_VOCAB } from './shard-layout.js';

const SHARD_TOKENS = 2 ** 25;

/** Options with nothing left out. */
export type CheckedOptions = DocumentWriterOptions &
  Required<Pick<DocumentWriterOptions, 'name' | 'shardTokens'>>;

/** Fills the gaps, and throws {@link InvalidArgumentError} for what no file can hold. */
export function checkOptions(options: DocumentWriterOptions, maxVocab: number = MAX_VOCAB): CheckedOptions {
  const { name = 'train', nVocab, eotId, shardTokens = SHARD_TOKENS } = options;
  assertPositiveIntegers({ nVocab, shardTokens });
  if (nVocab > maxVocab) {
    const expected = `at most ${maxVocab}, the ids that this format holds`;
    throw new InvalidArgumentError({ argument: 'nVocab', expected, received: nVocab });
  }
  if (eotId !== undefined && !(Number.isInteger(eotId) && eotId >= 0 && eotId < nVocab)) {
    const expected = `an id from 0 to ${nVocab - 1}`;
    throw new InvalidArgumentError({ argument: 'eotId', expected, received: eotId });
  }
  if (shardTokens > MAX_SHARD_TOKENS) {
    const expected = `at most ${MAX_SHARD_TOKENS}`;
    throw new InvalidArgumentError({ argument: 'shardTokens', expected, received: shardTokens });
  }
  return { ...options, name, shardTokens };
}

/** @throws {@link InvalidArgumentError} when there was nothing to pack. */
export function assertPacked({ documents }: PackedFiles): void {
  if (documents > 0) return;
  const expected = 'at least one that is not empty';
  throw new InvalidArgumentError({ argument: 'documents', expected, received: 0 });
}

/** @throws {@link InvalidArgumentError} at a second document that nothing would separate from the first. */
export function assertSeparable(documents: number, eotId: number | undefined): void {
  if (documents === 0 || eotId !== undefined) return;
  throw new InvalidArgumentError({
    argument: 'eotId',
    expected: 'an id to stand between documents',
    received: eotId,
    hint: 'Join them to one document, or write shards, which say where documents begin.',
  });
}
