/** Opens shards in a worker and sends some windows back. */
import { type Batch, blobFile, openShards, randomWindows } from '../../src/index.js';

export interface WindowsWanted {
  files: File[];
  nCtx: number;
  seed: number;
}

export type WindowsDone = { batch: Batch; loaded: boolean } | { problem: string };

self.onmessage = async ({ data: { files, ...options } }: MessageEvent<WindowsWanted>) => {
  self.postMessage(await windows(files, options).catch((error: Error) => ({ problem: error.message })));
};

async function windows(files: File[], options: Omit<WindowsWanted, 'files'>): Promise<WindowsDone> {
  let loaded = false;
  const arrayBuffer = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () {
    loaded = true;
    return arrayBuffer.call(this);
  };
  const shards = await openShards(await Promise.all(files.map((file) => blobFile(file, file.name))));
  return { batch: randomWindows({ corpus: shards, ...options }).batch(0, 50), loaded };
}
