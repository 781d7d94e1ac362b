/**
 * llm.c's files of ids: 256 int32 (20240520, version 1, how many ids follow, zeros), then the ids in 16 bits. End-of-text
 * stands in front of each document; files are cut where they are full.
 *
 * @see karpathy/llm.c `dev/data/data_common.py`, `llmc/dataloader.h`
 */
import { assertTokens, InvalidFileError } from '@gpt-ts/core';
import { corpusFromIds } from '../corpus.js';
import type { DocumentWriter, DocumentWriterOptions, PackedFiles } from './document-writer.js';
import { assertAllIds, FileIds } from './file-ids.js';
import { IdBuffer } from './id-buffer.js';
import { JoinedIds } from './joined-ids.js';
import type { FileCorpus } from './open-shards.js';
import type { SyncFile } from './sync-file.js';
import { assertPacked, assertSeparable, checkOptions } from './writer-options.js';

const MAGIC = 20240520;
const VERSION = 1;
const HEADER_BYTES = 1024;

/**
 * Writes `NAME_000000.bin`, `NAME_000001.bin` ... as llm.c reads them, each once it is whole.
 *
 * @throws InvalidArgumentError for options that no such file can have, and from `add` at a second document without `eotId`.
 */
export function llmcWriter(options: DocumentWriterOptions): DocumentWriter {
  const { storage, name, nVocab, eotId, shardTokens } = checkOptions(options, 2 ** 16);
  const buffer = new IdBuffer(2, shardTokens);
  const packed = { files: [] as string[], documents: 0, tokens: 0 } satisfies PackedFiles;
  let inDocument = false;

  const writeFile = async () => {
    const header = new DataView(new ArrayBuffer(HEADER_BYTES));
    [MAGIC, VERSION, buffer.length].forEach((value, i) => {
      header.setInt32(4 * i, value, true);
    });
    const file = `${name}_${`${packed.files.length}`.padStart(6, '0')}.bin`;
    await storage.write(file, [new Uint8Array(header.buffer), buffer.bytes()]);
    packed.files.push(file);
    buffer.clear();
  };
  const append = async (ids: ArrayLike<number>) => {
    for (let at = 0; at < ids.length; ) {
      if (buffer.isFull) await writeFile();
      at += buffer.take(ids, at);
    }
  };
  return {
    async add(ids) {
      assertTokens(ids, nVocab);
      if (ids.length === 0) return;
      if (!inDocument) {
        assertSeparable(packed.documents, eotId);
        inDocument = true;
        packed.documents++;
        if (eotId !== undefined) await append([eotId]);
      }
      await append(ids);
      packed.tokens += ids.length;
    },
    async endDocument() {
      inDocument = false;
    },
    async close() {
      assertPacked(packed);
      await writeFile();
      return packed;
    },
    async abort() {
      for (const file of packed.files.splice(0)) await storage.remove(file);
    },
  };
}

/** What such a file does not say. */
export interface BinOptions {
  /** The id that separates documents. Default: 50256, GPT-2's. `null`: none, all is one document. */
  eotId?: number | null;
  /** Refuse ids from here on, which takes another reading. Default: every id is good. */
  nVocab?: number;
}

/** Whether a file begins as llm.c's do. */
export function isLlmc(file: SyncFile): boolean {
  return file.size >= HEADER_BYTES && headerOf(file)[0] === MAGIC;
}

/**
 * Opens files that llm.c reads, as one corpus. They are read once, to find the documents.
 *
 * @param files - In their order. They are closed with the corpus; when this throws, they are left open.
 * @throws InvalidFileError naming the file and what is wrong with it.
 * @throws InvalidArgumentError when there is no document.
 */
export function openLlmc(files: readonly SyncFile[], { eotId = 50256, nVocab }: BinOptions = {}): FileCorpus {
  const parts = files.map((file) => {
    const ids = new FileIds(file, { position: HEADER_BYTES, length: lengthOf(file), width: 2 });
    if (nVocab !== undefined) assertAllIds(ids, nVocab, file.name);
    return ids;
  });
  return {
    ...corpusFromIds(new JoinedIds(parts), { eotId: eotId ?? undefined }),
    [Symbol.dispose]() {
      for (const file of files) file[Symbol.dispose]();
    },
  };
}

function lengthOf(file: SyncFile): number {
  const fail = (problem: string, hint?: string): never => {
    throw new InvalidFileError({ file: file.name, problem, hint });
  };
  if (file.size < HEADER_BYTES) fail(`${file.size} bytes are too few for llm.c's header of ${HEADER_BYTES}`);
  const [magic, version, length] = headerOf(file);
  if (magic !== MAGIC)
    fail(`expected ${MAGIC} in front, got ${magic}`, "It is not one of llm.c's files of ids.");
  if (version !== VERSION) fail(`version ${version} is not known`, `This program reads version ${VERSION}.`);
  if (file.size !== HEADER_BYTES + 2 * length) {
    const found = (file.size - HEADER_BYTES) / 2;
    fail(`the header tells of ${length} ids, but the file has ${found}`, 'The file is cut short or damaged.');
  }
  return length;
}

function headerOf(file: SyncFile): number[] {
  const bytes = new Uint8Array(12);
  file.read(0, bytes);
  const view = new DataView(bytes.buffer);
  return [0, 1, 2].map((i) => view.getInt32(4 * i, true));
}
