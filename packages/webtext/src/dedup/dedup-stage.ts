/**
 * De-duplication of corpora larger than memory, as a stage: equal texts, and near-duplicates as in GPT-3's data
 * preparation (appendix A: Spark's MinHashLSH, 10 hashes).
 *
 * Of a cluster the first document stays, in the order of the files given and of the documents in them. So what is to win
 * goes first: with WebText before Common Crawl, the latter loses what the former has.
 */
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type NearDuplicateOptions, type NearDuplicateSettings, nearDuplicateSettings } from '@gpt-ts/data';
import { fileSize } from '../documents/file-size.js';
import { numberedDocuments, type TextDocument } from '../documents/read-documents.js';
import { openDuckDb } from '../stage/duck-db.js';
import { pad } from '../stage/part-writer.js';
import type { Job, Outcome, Stage } from '../stage/stage.js';
import { findCandidates } from './candidates.js';
import { type Clusters, findClusters } from './clusters.js';
import { enoughMemory } from './enough-memory.js';
import { CANDIDATES, CLUSTERS, knownOrNew } from './known-or-new.js';
import { signatureLines } from './signatures.js';

/** What is a duplicate, and what may be used to find it. */
export interface DedupOptions extends NearDuplicateOptions {
  /** Only equal texts. Default false: near-duplicates too. */
  exact?: boolean;
  /** Bytes of memory for the joins, at least 256 MiB; the whole process takes more. Default 1 GiB. */
  memoryBytes?: number;
  /** Default 2. */
  threads?: number;
}

const MIN_MEMORY = 256 * 2 ** 20;
const EXACT = 'exact-duplicate';
const NEAR = 'near-duplicate';

/**
 * The stage. Its documents are records with `text` (JSONL, Parquet) or lie in plain text. Those kept are unchanged; of
 * those dropped the number is told, and of which `first` it is a copy, numbered from 0 over all files.
 *
 * @throws {@link InvalidArgumentError} when an option is outside what it can be.
 */
export function dedupStage({
  exact = false,
  memoryBytes = 2 ** 30,
  threads,
  ...near
}: DedupOptions = {}): Stage {
  const settings = nearDuplicateSettings(near);
  if (!(memoryBytes >= MIN_MEMORY)) {
    const expected = `at least ${MIN_MEMORY}, 256 MiB`;
    throw new InvalidArgumentError({ argument: 'memoryBytes', expected, received: memoryBytes });
  }
  return {
    name: 'dedup',
    version: 1,
    options: exact ? { exact } : { exact, ...settings },
    over: 'all',
    run: (job) => dedup(job, exact ? undefined : settings, { memoryBytes, threads }),
  };
}

interface Resources {
  memoryBytes: number;
  threads: number | undefined;
}

async function* dedup(
  job: Job,
  settings: NearDuplicateSettings | undefined,
  resources: Resources,
): AsyncGenerator<Outcome> {
  const make = () => clusters(job, settings, resources);
  const { first, exact } = await enoughMemory(resources.memoryBytes, knownOrNew(job, CLUSTERS, make));
  const reading = numberedDocuments(job.inputs, { signal: job.signal, onShare: span(job, 0.8, 1) });
  for await (const [id, document] of reading) {
    if (first[id] === id) yield { keep: document };
    else yield { drop: told(id, first[id], document), reason: exact[id] ? EXACT : NEAR };
  }
}

/** The first three steps. */
async function clusters(
  job: Job,
  settings: NearDuplicateSettings | undefined,
  resources: Resources,
): Promise<Clusters> {
  const { documents } = await knownOrNew(job, CANDIDATES, () => candidates(job, settings, resources));
  using db = await openDuckDb({ ...resources, scratch: job.scratch });
  return await findClusters(db, { ...job, documents, settings, onShare: span(job, 0.5, 0.8) });
}

/** The first two steps: a line of numbers for each document, then the joins. */
async function candidates(
  job: Job,
  settings: NearDuplicateSettings | undefined,
  resources: Resources,
): Promise<{ documents: number }> {
  const { inputs, scratch, signal } = job;
  const storage = new FolderStorage(scratch);
  const done = await storage.list();
  const names = inputs.map((_, i) => `signatures-${pad(i)}.csv`);
  for (const [i, path] of inputs.entries()) {
    if (done.includes(names[i])) continue;
    const size = await fileSize(path);
    const onShare = span(job, (0.4 * i) / inputs.length, (0.4 * (i + 1)) / inputs.length);
    const onBytes = (bytes: number) => onShare(bytes / size);
    await storage.write(names[i], signatureLines(path, settings, { signal, onBytes }));
  }
  const signatures = names.map((name) => join(scratch, name));
  using db = await openDuckDb({ ...resources, scratch });
  const onShare = span(job, 0.4, 0.5);
  return { documents: await findCandidates(db, { signatures, settings, scratch, signal, onShare }) };
}

/** Progress of a part of the job. */
function span(job: Job, from: number, to: number): (share: number) => void {
  return (share) => job.progress(from + (to - from) * share);
}

/** What is said of a document that goes: enough to find it again. */
function told(document: number, first: number, { id, url }: TextDocument): object {
  return { document, first, id, url };
}
