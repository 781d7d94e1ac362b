/** Shards as a corpus: whatever learns from ids in memory learns from these, of which only windows are ever read. */
import { InvalidArgumentError, InvalidFileError, storedChecksum, verifyChecksum } from '@gpt-ts/core';
import { type Corpus, newCorpus } from '../corpus.js';
import { assertIds, FileIds, idsIn } from './file-ids.js';
import { JoinedIds } from './joined-ids.js';
import { readShardLayout, type ShardLayout } from './shard-layout.js';
import { asStored, type SyncFile } from './sync-file.js';

/** A corpus in files. Dispose it to close them. */
export interface FileCorpus extends Corpus, Disposable {}

/** A corpus in shards. */
export interface Shards extends FileCorpus {
  /** Ids are 0 to `nVocab - 1`. */
  readonly nVocab: number;
  /** Of each file: two sets of shards with the same checksums hold the same ids. */
  readonly checksums: readonly number[];
}

/** How carefully to open. */
export interface OpenShardsOptions {
  /** Read every byte once, to be sure that it is the one that was written and every id is one? Default true. */
  verify?: boolean;
  signal?: AbortSignal;
}

/**
 * Opens the shards that were packed together, and checks that none is missing, cut short, damaged or not one of them.
 *
 * In memory is 16 bytes a document, and 4 or 8 KiB a file.
 *
 * @param files - In their order. They are closed with the corpus; when this throws, they are left open.
 * @throws InvalidFileError naming the file and what is wrong with it.
 * @example
 * using shards = await openShards([bytesFile(bytes, 'train-00000.safetensors')]);
 * const { train, validation } = splitCorpus(shards);
 * randomWindows({ corpus: train, nCtx: 1024 }).batch(0, 8);
 */
export async function openShards(
  files: readonly SyncFile[],
  { verify = true, signal }: OpenShardsOptions = {},
): Promise<Shards> {
  if (files.length === 0) {
    throw new InvalidArgumentError({ argument: 'files', expected: 'at least one shard', received: 0 });
  }
  const layouts: ShardLayout[] = [];
  const checksums: number[] = [];
  for (const [i, file] of files.entries()) {
    const layout = await readShardLayout(asStored(file), file.name);
    assertPlace(file, layout, i, files.length, layouts[0]);
    if (verify) await verifyShard(file, layout, signal);
    checksums.push(await storedChecksum(asStored(file)));
    layouts.push(layout);
  }
  const { nVocab, eotId } = layouts[0];
  const parts = layouts.map(({ ids: { begin, shape, dtype } }, i) => {
    return new FileIds(files[i], { position: begin, length: shape[0], width: dtype === 'U16' ? 2 : 4 });
  });
  const ids = new JoinedIds(parts);
  const begins = readBegins(files, layouts);
  const ends = new Float64Array(begins.length);
  ends.set(begins.subarray(1));
  ends[ends.length - 1] = ids.length;
  return {
    ...newCorpus(ids, begins, ends, eotId),
    ...{ nVocab, checksums },
    [Symbol.dispose]() {
      for (const file of files) file[Symbol.dispose]();
    },
  };
}

/** Throws unless a shard is number `i` of those that were packed with the first. */
function assertPlace(file: SyncFile, layout: ShardLayout, i: number, count: number, first = layout): void {
  const fail = (problem: string) => {
    const hint = 'Open all shards of one set, in their order.';
    throw new InvalidFileError({ file: file.name, problem, hint });
  };
  if (layout.shard !== i) fail(`is shard ${layout.shard}, where shard ${i} is due`);
  if (layout.nVocab !== first.nVocab) fail(`is of ${layout.nVocab} tokens, shard 0 of ${first.nVocab}`);
  if (layout.eotId !== first.eotId) fail(`has the eotId ${layout.eotId}, shard 0 has ${first.eotId}`);
  if (layout.last && i < count - 1) fail(`is the last of its set, but ${count - 1 - i} more are given`);
  if (!layout.last && i === count - 1) fail(`is not the last of its set: shard ${count} is missing`);
}

/** Sums all bytes and looks at all ids, in one pass. */
async function verifyShard(
  file: SyncFile,
  { ids, nVocab }: ShardLayout,
  signal?: AbortSignal,
): Promise<void> {
  await verifyChecksum(asStored(file), file.name, (piece, position) => {
    signal?.throwIfAborted();
    const begin = Math.max(ids.begin, position);
    const bytes = piece.subarray(
      begin - position,
      Math.max(begin, Math.min(ids.end, position + piece.length)) - position,
    );
    assertIds(idsIn(bytes, ids.dtype === 'U16' ? 2 : 4), nVocab, file.name);
  });
}

/** Where the documents of all files begin, counted from the first id of the first file. */
function readBegins(files: readonly SyncFile[], layouts: readonly ShardLayout[]): Float64Array {
  const begins = new Float64Array(layouts.reduce((sum, { documents }) => sum + documents.shape[0], 0));
  let k = 0;
  let start = 0; // ids in the files before
  for (const [i, { documents, ids }] of layouts.entries()) {
    const file = files[i];
    const bytes = new Uint8Array(documents.end - documents.begin);
    file.read(documents.begin, bytes);
    let before = -1;
    for (const place of new Uint32Array(bytes.buffer)) {
      if (place <= before || place >= ids.shape[0] || (k === 0 && place !== 0)) {
        const expected = k === 0 ? '0' : `one above ${before} and below ${ids.shape[0]}`;
        const problem = `expected ${expected}, got ${place}`;
        throw new InvalidFileError({ file: file.name, field: 'documents', problem });
      }
      begins[k++] = start + place;
      before = place;
    }
    if (k === 0) {
      throw new InvalidFileError({ file: file.name, field: 'documents', problem: 'no document begins here' });
    }
    start += ids.shape[0];
  }
  return begins;
}
