import { MemoryStorage, Random } from '@gpt-ts/core';
import { bytesFile, type DocumentWriter, packDocuments, type SyncFile } from '../../src/index.js';

/** Documents of 0 to 40 ids below `nVocab`, the largest among them; none is `eotId`. */
export function randomDocuments(seed: number, nVocab: number, eotId?: number): number[][] {
  const random = new Random(seed, 'documents');
  const id = () => {
    const drawn = random.int(4) === 0 ? nVocab - 1 : random.int(nVocab);
    return drawn === eotId ? (drawn + 1) % nVocab : drawn;
  };
  const documents = Array.from({ length: 1 + random.int(30) }, () =>
    Array.from({ length: random.int(41) }, id),
  );
  return [...documents, [id()]]; // one at least is not empty
}

/** What a writer makes of documents: files by name. */
export async function packed(
  documents: readonly ArrayLike<number>[],
  writerOn: (storage: MemoryStorage) => DocumentWriter,
): Promise<{ files: string[]; sync: SyncFile[]; storage: MemoryStorage }> {
  const storage = new MemoryStorage();
  const { files } = await packDocuments(documents, writerOn(storage));
  return { files, storage, sync: files.map((name) => bytesFile(storage.files.get(name)!, name)) };
}
