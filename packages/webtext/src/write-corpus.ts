/** The documents of a run as two files to be used: JSON lines, and plain text for a tokenizer. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import type { LabelledDocument } from './filter/filter-stage.js';
import { partsOf } from './stage/input-files.js';
import type { FileFacts, Manifest } from './stage/manifest.js';
import { readRecords } from './stage/read-records.js';

/** `documents.jsonl`: a document a line. */
export const DOCUMENTS = 'documents.jsonl';
/** `webtext.txt`: texts with {@link END_OF_TEXT} between them. */
export const TEXT = 'webtext.txt';
/** The special token of GPT-2, which stands between documents. */
export const END_OF_TEXT = '<|endoftext|>';

/**
 * Writes both files, each at once. A text that has the special token in it gets it with a space: a page cannot end itself.
 *
 * @param folder - Of the run.
 * @param stageFolder - Of the stage whose documents to take.
 */
export async function writeCorpus(
  folder: string,
  stageFolder: string,
  manifest: Manifest,
  signal?: AbortSignal,
): Promise<FileFacts[]> {
  const paths = (await partsOf(stageFolder, manifest)).map(({ path }) => path);
  const write = async (name: string, format: (document: LabelledDocument) => string): Promise<FileFacts> => {
    const hash = createHash('sha256');
    let bytes = 0;
    const chunks = async function* () {
      for (const path of paths) {
        for await (const record of readRecords(path, { signal })) {
          const chunk = Buffer.from(format(record as unknown as LabelledDocument));
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      }
    };
    await new FolderStorage(folder).write(name, chunks());
    return { name, bytes, sha256: hash.digest('hex') };
  };
  return [
    await write(DOCUMENTS, (document) => `${JSON.stringify(document)}\n`),
    await write(TEXT, ({ text }) => `${text.replaceAll(END_OF_TEXT, '<| endoftext |>')}\n${END_OF_TEXT}\n`),
  ];
}

/** Takes the files away, so that none is older than its run. */
export async function removeCorpus(folder: string): Promise<void> {
  for (const name of [DOCUMENTS, TEXT]) await rm(join(folder, name), { force: true });
}
