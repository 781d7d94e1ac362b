/**
 * nanoGPT's files of ids: 16 bits each and nothing else. End-of-text stands behind each document.
 *
 * @see karpathy/nanoGPT `data/openwebtext/prepare.py`
 */
import { assertTokens, InvalidFileError } from '@gpt-ts/core';
import { corpusFromIds } from '../corpus.js';
import type { DocumentWriter, DocumentWriterOptions, PackedFiles } from './document-writer.js';
import { assertAllIds, FileIds } from './file-ids.js';
import { FilePump } from './file-pump.js';
import { IdBuffer } from './id-buffer.js';
import type { BinOptions } from './llmc.js';
import type { FileCorpus } from './open-shards.js';
import type { SyncFile } from './sync-file.js';
import { assertPacked, assertSeparable, checkOptions } from './writer-options.js';

const PIECE_IDS = 2 ** 19;

/**
 * Writes one file `NAME.bin` of any size, a megabyte in memory at a time. It has its name when it is whole.
 *
 * @throws InvalidArgumentError for options that no such file can have, and from `add` at a second document without `eotId`.
 */
export function nanoGptWriter(options: Omit<DocumentWriterOptions, 'shardTokens'>): DocumentWriter {
  const { storage, name, nVocab, eotId } = checkOptions(options, 2 ** 16);
  const file = `${name}.bin`;
  const buffer = new IdBuffer(2, PIECE_IDS);
  const packed = { files: [] as string[], documents: 0, tokens: 0 } satisfies PackedFiles;
  let pump: FilePump | undefined;
  let inDocument = false;

  const flush = async () => {
    pump ??= new FilePump(storage, file);
    await pump.write(buffer.bytes().slice());
    buffer.clear();
  };
  const append = async (ids: ArrayLike<number>) => {
    for (let at = 0; at < ids.length; ) {
      if (buffer.isFull) await flush();
      at += buffer.take(ids, at);
    }
  };
  return {
    async add(ids) {
      assertTokens(ids, nVocab);
      if (ids.length === 0) return;
      if (!inDocument) assertSeparable(packed.documents++, eotId);
      inDocument = true;
      await append(ids);
      packed.tokens += ids.length;
    },
    async endDocument() {
      if (inDocument && eotId !== undefined) await append([eotId]);
      inDocument = false;
    },
    async close() {
      assertPacked(packed);
      await this.endDocument();
      await flush();
      await pump!.close();
      packed.files.push(file);
      return packed;
    },
    async abort() {
      await pump?.abort();
      for (const each of packed.files.splice(0)) await storage.remove(each);
    },
  };
}

/**
 * Opens a file that nanoGPT reads. It is read once, to find the documents.
 *
 * @param file - Closed with the corpus; when this throws, it is left open.
 * @throws InvalidFileError when it has half an id at its end, or an id from `nVocab` on.
 * @throws InvalidArgumentError when there is no document.
 */
export function openNanoGpt(file: SyncFile, { eotId = 50256, nVocab }: BinOptions = {}): FileCorpus {
  if (file.size % 2 !== 0) {
    const problem = `${file.size} bytes are no whole number of 16-bit ids`;
    throw new InvalidFileError({
      file: file.name,
      problem,
      hint: 'The file is cut short, or holds something else.',
    });
  }
  const ids = new FileIds(file, { position: 0, length: file.size / 2, width: 2 });
  if (nVocab !== undefined) assertAllIds(ids, nVocab, file.name);
  return {
    ...corpusFromIds(ids, { eotId: eotId ?? undefined }),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}
