/** Documents on their way into files. */
import type { Storage } from '@gpt-ts/core';

/**
 * Takes documents in, a few ids at a time, and writes files of them: {@link shardWriter}, {@link nanoGptWriter} and
 * {@link llmcWriter} give one each.
 */
export interface DocumentWriter {
  /**
   * Adds ids to the document at hand.
   *
   * @throws TokenRangeError at the first that is not below `nVocab`; then the writer is of no more use than to be aborted.
   */
  add(ids: ArrayLike<number>): Promise<void>;
  /** The next ids are another document's. One without ids is left out. */
  endDocument(): Promise<void>;
  /**
   * Writes what is left. Nothing may follow.
   *
   * @throws InvalidArgumentError when there was no document.
   */
  close(): Promise<PackedFiles>;
  /** Gives up: no file that was written stays. */
  abort(): Promise<void>;
}

/** What was written. */
export interface PackedFiles {
  readonly files: string[];
  readonly documents: number;
  /** Ids in documents, without what separates them. */
  readonly tokens: number;
}

/** Where to write, and for which vocabulary. */
export interface DocumentWriterOptions {
  storage: Storage;
  /** What the names of files begin with. Default `train`. */
  name?: string;
  /** Ids are 0 to `nVocab - 1`. */
  nVocab: number;
  /** The id that stands between documents. Default: none. */
  eotId?: number | undefined;
  /** Ids in a file, at most. Default: 2^25, which are 64 MiB of 16-bit ids and as much memory while they are gathered. */
  shardTokens?: number;
}

/**
 * Writes documents that are at hand one by one; when that fails, nothing is left of them.
 *
 * @throws What the documents throw, and what {@link DocumentWriter} throws.
 * @example
 * const writer = shardWriter({ storage, nVocab: tokenizer.nVocab, eotId: tokenizer.eotId });
 * await packDocuments(texts.map((text) => tokenizer.encode(text)), writer);
 */
export async function packDocuments(
  documents: Iterable<ArrayLike<number>> | AsyncIterable<ArrayLike<number>>,
  writer: DocumentWriter,
): Promise<PackedFiles> {
  try {
    for await (const document of documents) {
      await writer.add(document);
      await writer.endDocument();
    }
    return await writer.close();
  } catch (error) {
    await writer.abort().catch(() => undefined); // the first error is the one to tell
    throw error;
  }
}
