import { assertTokens, type LazyTensor, sealedSafetensors } from '@gpt-ts/core';
import type { DocumentWriter, DocumentWriterOptions, PackedFiles } from './document-writer.js';
import { IdBuffer } from './id-buffer.js';
import { dtypeOf, FORMAT, shardName } from './shard-layout.js';
import { assertPacked, checkOptions } from './writer-options.js';

/**
 * Writes shards `NAME-00000.safetensors`, `NAME-00001.safetensors` ... that `openShards` reads. A document that does not fit
 * goes on in the next shard.
 *
 * Each file has its name when it is whole; the set is whole when its last shard is there, which says that it is the last.
 *
 * @throws InvalidArgumentError for options that no shard can have.
 */
export function shardWriter(options: DocumentWriterOptions): DocumentWriter {
  const { storage, name, nVocab, eotId, shardTokens } = checkOptions(options);
  const dtype = dtypeOf(nVocab);
  const buffer = new IdBuffer(dtype === 'U16' ? 2 : 4, shardTokens);
  const packed = { files: [] as string[], documents: 0, tokens: 0 } satisfies PackedFiles;
  let begins: number[] = []; // in the shard at hand
  let inDocument = false;

  const writeShard = async (last: boolean) => {
    const shard = packed.files.length;
    const metadata = new Map([
      ['format', FORMAT],
      ['nVocab', `${nVocab}`],
      ['shard', `${shard}`],
      ['last', `${last}`],
    ]);
    if (eotId !== undefined) metadata.set('eotId', `${eotId}`);
    const places = new Uint8Array(Uint32Array.from(begins).buffer);
    const tensors = new Map<string, LazyTensor>([
      ['documents', { dtype: 'U32', shape: [begins.length], chunks: () => [places] }],
      ['ids', { dtype, shape: [buffer.length], chunks: () => [buffer.bytes()] }],
    ]);
    const file = shardName(name, shard);
    await storage.write(file, sealedSafetensors(tensors, metadata));
    packed.files.push(file);
    begins = [];
    buffer.clear();
  };
  return {
    async add(ids) {
      assertTokens(ids, nVocab);
      for (let at = 0; at < ids.length; ) {
        if (buffer.isFull) await writeShard(false);
        if (!inDocument) {
          inDocument = true;
          begins.push(buffer.length);
          packed.documents++;
        }
        at += buffer.take(ids, at);
      }
      packed.tokens += ids.length;
    },
    async endDocument() {
      inDocument = false;
    },
    async close() {
      assertPacked(packed);
      await writeShard(true);
      return packed;
    },
    async abort() {
      for (const file of packed.files.splice(0)) await storage.remove(file);
    },
  };
}
