/** A corpus in a few numbers. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { wordShingles } from '@gpt-ts/data';
import { numberedDocuments, type ReadAllOptions } from '../documents/read-documents.js';
import { type DuckDb, openDuckDb } from '../stage/duck-db.js';

/** What is told. */
export interface CorpusStats {
  documents: number;
  /** Runs of what is no white space. */
  words: number;
  /** UTF-8 bytes of the texts alone. */
  bytes: number;
  /** Documents whose text is that of an earlier one. */
  duplicates: number;
  /** Words that a document has, at these shares of all documents; `null` where there are none. */
  wordsAt: Record<(typeof SHARES)[number], number> | null;
}

const SHARES = ['min', 'p5', 'p25', 'median', 'p75', 'p95', 'max'] as const;
const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
const NAME = 'documents.csv';
const CHUNK_LINES = 2000;

/** Options of {@link corpusStats}. */
export interface CorpusStatsOptions extends ReadAllOptions {
  /** Bytes of memory for DuckDB before it writes to disk. Default 1 GiB. */
  memoryBytes?: number;
}

/**
 * Counts. Every file is read once; what is remembered of a document, some 50 bytes, lies in the system's folder for
 * temporary files until the end.
 */
export async function corpusStats(
  paths: readonly string[],
  { memoryBytes, ...options }: CorpusStatsOptions = {},
): Promise<CorpusStats> {
  const scratch = await mkdtemp(join(tmpdir(), 'gpt-ts-stats-'));
  try {
    await new FolderStorage(scratch).write(NAME, documentLines(paths, options));
    using db = await openDuckDb({ memoryBytes, scratch });
    await db.run(
      `create view documents as select * from read_csv('${join(scratch, NAME)}', header = false, auto_detect = false, delim = ',',
        columns = {'words': 'bigint', 'bytes': 'bigint', 'low': 'ubigint', 'high': 'ubigint'})`,
    );
    const sums = await one(db, 'select count(*) n, sum(words) words, sum(bytes) bytes from documents');
    const { distinct } = await one(
      db,
      'select count(*) "distinct" from (select distinct low, high from documents)',
    );
    const documents = Number(sums.n);
    const quantile = QUANTILES.map((q, i) => `quantile_disc(words, ${q}) ${SHARES[i]}`).join(', ');
    const at = documents > 0 ? await one(db, `select ${quantile} from documents`) : undefined;
    return {
      documents,
      words: Number(sums.words ?? 0),
      bytes: Number(sums.bytes ?? 0),
      duplicates: documents - Number(distinct),
      wordsAt: at === undefined ? null : wordsAt((share) => Number(at[share])),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function wordsAt(of: (share: string) => number): CorpusStats['wordsAt'] {
  return Object.fromEntries(SHARES.map((share) => [share, of(share)])) as CorpusStats['wordsAt'];
}

async function* documentLines(paths: readonly string[], options: ReadAllOptions): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let lines: string[] = [];
  for await (const [, { text }] of numberedDocuments(paths, options)) {
    const digest = createHash('sha256').update(text).digest();
    const halves = [digest.readBigUInt64LE(0), digest.readBigUInt64LE(8)];
    lines.push([wordShingles(text, 1).length, Buffer.byteLength(text), ...halves].join(','));
    if (lines.length < CHUNK_LINES) continue;
    yield encoder.encode(`${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) yield encoder.encode(`${lines.join('\n')}\n`);
}

async function one(db: DuckDb, sql: string): Promise<Record<string, unknown>> {
  for await (const row of db.rows(sql)) return row;
  return {};
}
