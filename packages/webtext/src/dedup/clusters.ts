/** Third step: candidates are compared shingle by shingle, and what is alike becomes a cluster. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DisjointSets, jaccard, type NearDuplicateSettings } from '@gpt-ts/data';
import { numberedDocuments } from '../documents/read-documents.js';
import type { DuckDb } from '../stage/duck-db.js';
import { ShingleFile } from './shingle-file.js';

/** Where the files of `findCandidates` are, and the texts that they are about. */
export interface ClusterOptions {
  inputs: readonly string[];
  documents: number;
  settings: NearDuplicateSettings | undefined;
  scratch: string;
  signal: AbortSignal;
  onShare(share: number): void;
}

/** What is known of each document. */
export interface Clusters {
  /** The first of its cluster, itself where it stays. */
  first: Uint32Array;
  /** 1 where an earlier text is equal. */
  exact: Uint8Array;
}

/** Reads the files, compares, and says of each document whose copy it is. */
export async function findClusters(db: DuckDb, options: ClusterOptions): Promise<Clusters> {
  const { documents, settings, scratch } = options;
  const clusters = new DisjointSets(documents);
  const exact = new Uint8Array(documents);
  const path = join(scratch, 'exact.parquet');
  for await (const { id, first } of db.rows('select id, first from read_parquet($path)', { path })) {
    exact[Number(id)] = 1;
    clusters.join(Number(id), Number(first));
  }
  if (settings !== undefined) await joinAlike(db, clusters, settings, options);
  return { first: Uint32Array.from(exact, (_, id) => clusters.first(id)), exact };
}

async function joinAlike(
  db: DuckDb,
  clusters: DisjointSets,
  { threshold, shingleWords }: NearDuplicateSettings,
  { inputs, scratch, signal, onShare }: ClusterOptions,
): Promise<void> {
  const path = join(scratch, 'candidates.parquet');
  const ids: number[] = [];
  const compared =
    'select a as id from read_parquet($path) union select b from read_parquet($path) order by id';
  for await (const { id } of db.rows(compared, { path })) ids.push(Number(id));
  if (ids.length === 0) return;
  const file = join(scratch, 'shingles.bin');
  {
    using sets = new ShingleFile(file, Uint32Array.from(ids));
    const reading = numberedDocuments(inputs, { signal, onShare: (share) => onShare(share * 0.8) });
    for await (const [id, { text }] of reading) if (sets.wants(id)) sets.add(text, shingleWords);
    sets.flush();
    let held = -1;
    let set: Uint32Array = new Uint32Array();
    for await (const row of db.rows('select a, b from read_parquet($path) order by a, b', { path })) {
      const a = Number(row.a);
      const b = Number(row.b);
      if (clusters.first(a) === clusters.first(b)) continue; // already known to be alike
      if (a !== held) {
        signal.throwIfAborted();
        set = sets.read(a);
        held = a;
      }
      if (jaccard(set, sets.read(b)) >= threshold) clusters.join(a, b);
    }
  }
  await rm(file, { force: true });
  onShare(1);
}
