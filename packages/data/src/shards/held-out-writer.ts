import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { DocumentWriter, PackedFiles } from './document-writer.js';

/** What was written, and what of it is held back. */
export interface SplitFiles extends PackedFiles {
  readonly heldOut: PackedFiles;
}

/** Writes two parts. */
interface SplitWriter extends DocumentWriter {
  close(): Promise<SplitFiles>;
}

/** How much to hold back. */
export interface HeldOutOptions {
  /** Share of the documents, above 0 and below 1. */
  share: number;
  /** Picks them. Default 0. */
  seed?: number;
}

/**
 * Sends whole documents to one writer or the other: each is held back with the same probability, since nobody knows how many
 * will come.
 *
 * @returns A writer whose `close` tells of both, and throws when one of them got nothing.
 * @throws {@link InvalidArgumentError} when the share is no share, or the seed no seed.
 * @example
 * const [train, heldOut] = ['train', 'validation'].map((name) => shardWriter({ storage, name, nVocab, eotId }));
 * await packDocuments(documents, heldOutWriter(train, heldOut, { share: 0.01 }));
 */
export function heldOutWriter(
  train: DocumentWriter,
  heldOut: DocumentWriter,
  { share, seed = 0 }: HeldOutOptions,
): SplitWriter {
  if (!(share > 0 && share < 1)) {
    throw new InvalidArgumentError({ argument: 'share', expected: 'above 0 and below 1', received: share });
  }
  const random = new Random(seed, 'held-back documents');
  const counts = [0, 0];
  let writer: DocumentWriter | undefined;
  return {
    async add(ids) {
      if (ids.length === 0) return;
      if (writer === undefined) {
        const isHeld = random.uniform() < share;
        writer = isHeld ? heldOut : train;
        counts[isHeld ? 1 : 0]++;
      }
      await writer.add(ids);
    },
    async endDocument() {
      await writer?.endDocument();
      writer = undefined;
    },
    async close() {
      if (counts.includes(0)) {
        const expected = 'a share that leaves both parts a document';
        const hint = `There were ${counts[0] + counts[1]} documents. Give more, or another share.`;
        throw new InvalidArgumentError({ argument: 'share', expected, received: share, hint });
      }
      const parts = [await train.close(), await heldOut.close()];
      return {
        files: parts.flatMap(({ files }) => files),
        documents: parts[0].documents + parts[1].documents,
        tokens: parts[0].tokens + parts[1].tokens,
        heldOut: parts[1],
      };
    },
    async abort() {
      await train.abort();
      await heldOut.abort();
    },
  };
}
