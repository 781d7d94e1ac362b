/** Second step: the joins, on numbers alone, in DuckDB, which writes to disk what memory does not hold. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { NearDuplicateSettings } from '@gpt-ts/data';
import type { DuckDb } from '../stage/duck-db.js';

/** What to join, and where. */
export interface CandidateOptions {
  signatures: readonly string[];
  /** `undefined` when only equal texts are looked for. */
  settings: NearDuplicateSettings | undefined;
  scratch: string;
  signal: AbortSignal;
  onShare(share: number): void;
}

/**
 * Writes two files to the scratch: `exact.parquet` with `id, first`, and `candidates.parquet` with `a, b`, `a < b`, in order.
 *
 * @returns how many documents there are.
 */
export async function findCandidates(db: DuckDb, options: CandidateOptions): Promise<number> {
  const { settings, scratch, signal, onShare } = options;
  const bands = settings === undefined ? 0 : settings.hashes / settings.bandHashes;
  const documents = await loadSignatures(db, options.signatures, bands);
  // The first of equal texts, where there are several.
  await db.run(`create table exact as
    with firsts as (select low, high, min(id) as first from signatures group by low, high having count(*) > 1)
    select id, first from signatures join firsts using (low, high) where id <> first`);
  await copy(db, 'select id, first from exact order by id', join(scratch, 'exact.parquet'));
  await db.run('create table pairs (a uinteger, b uinteger)');
  for (let band = 0; band < bands; band++) {
    signal.throwIfAborted();
    await joinBand(db, band, settings?.perKey ?? 1);
    onShare((band + 1) / (bands + 1));
  }
  const alike = `select a, b from pairs group by a, b having count(*) >= ${settings?.minKeys ?? 1} order by a, b`;
  await copy(db, alike, join(scratch, 'candidates.parquet'));
  onShare(1);
  return documents;
}

async function loadSignatures(db: DuckDb, files: readonly string[], bands: number): Promise<number> {
  const keys = Array.from({ length: bands }, (_, band) => `k${band}`);
  const types = new Map([
    ['id', 'uinteger'],
    ['low', 'ubigint'],
    ['high', 'ubigint'],
  ]);
  for (const key of keys) types.set(key, 'uinteger');
  const declared = [...types].map(([name, type]) => `${name} ${type}`).join(', ');
  const columns = [...types].map(([name, type]) => `'${name}': '${type}'`).join(', ');
  await db.run(`create table signatures (${declared})`);
  let documents = 0;
  for (const path of files) {
    const source = `read_csv($path, header = false, auto_detect = false, delim = ',', columns = {${columns}})`;
    const names = ['low', 'high', ...keys].join(', ');
    await db.run(`insert into signatures select id + ${documents}, ${names} from ${source}`, { path });
    for await (const { n } of db.rows('select count(*) as n from signatures')) documents = Number(n);
  }
  return documents;
}

/**
 * Adds the pairs of one band. Each document meets at most `perKey` of those before it with its key: they are numbered within
 * the key and cut into blocks of that many, and a block meets itself and the next, so no key makes a square of pairs.
 */
async function joinBand(db: DuckDb, band: number, perKey: number): Promise<void> {
  const key = `k${band}`;
  await db.run(`insert into pairs
    with distinct_texts as (select id, ${key} as key from signatures anti join exact using (id) where ${key} is not null),
    shared as (select key from distinct_texts group by key having count(*) > 1),
    ranked as (
      select id, key, row_number() over (partition by key order by id) as rank
      from distinct_texts semi join shared using (key)),
    earlier as (select id, key, rank, unnest([rank // ${perKey}, rank // ${perKey} + 1]) as block from ranked)
    select earlier.id, later.id from earlier
    join (select *, rank // ${perKey} as block from ranked) later using (key, block)
    where later.rank - earlier.rank between 1 and ${perKey}`);
}

/** A query's rows as a Parquet file that is there whole or not at all. */
async function copy(db: DuckDb, query: string, path: string): Promise<void> {
  await db.run(`copy (${query}) to '${`${path}.part`.replaceAll("'", "''")}' (format parquet)`);
  await rename(`${path}.part`, path);
}
