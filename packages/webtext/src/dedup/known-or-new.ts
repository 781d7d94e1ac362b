/** Results that a stopped job has left in its scratch, so that its next run goes on behind them. */
import { FolderStorage } from '@gpt-ts/core/node';
import type { Job } from '../stage/stage.js';
import type { Clusters } from './clusters.js';

/** A result and its file. */
export interface Kept<T> {
  name: string;
  encode(value: T): Uint8Array[];
  decode(bytes: Uint8Array): T;
}

/** How many documents there are; the candidates themselves lie beside it. */
export const CANDIDATES: Kept<{ documents: number }> = {
  name: 'candidates.json',
  encode: (value) => [new TextEncoder().encode(JSON.stringify(value))],
  decode: (bytes) => JSON.parse(new TextDecoder().decode(bytes)),
};

/** Five bytes a document. */
export const CLUSTERS: Kept<Clusters> = {
  name: 'clusters.bin',
  encode: ({ first, exact }) => [new Uint8Array(first.buffer), exact],
  decode: (bytes) => {
    const documents = bytes.length / 5;
    const whole = bytes.slice(); // at a multiple of 4
    return { first: new Uint32Array(whole.buffer, 0, documents), exact: whole.subarray(4 * documents) };
  },
};

/** The result that is there, or a new one, which is there from then on. */
export async function knownOrNew<T>(job: Job, kept: Kept<T>, make: () => Promise<T>): Promise<T> {
  const storage = new FolderStorage(job.scratch);
  const bytes = await storage.read(kept.name);
  if (bytes !== undefined) return kept.decode(bytes);
  const value = await make();
  await storage.write(kept.name, kept.encode(value));
  return value;
}
