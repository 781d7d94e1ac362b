/** The stage `urls`: each page once, in the order in which Reddit saw it. */
import { openDuckDb } from '../stage/duck-db.js';
import type { Stage } from '../stage/stage.js';
import type { Link } from './links-stage.js';

/** How the sorting is done; no part of the result. */
export interface UrlsOptions {
  /** Bytes that DuckDB may hold. Default 1 GiB; what is more goes to disk. */
  memoryBytes?: number;
  threads?: number;
}

/**
 * Of several submissions of a page the one with the highest score stays, of equal ones the earliest, then the one with the
 * smaller id: no order of files matters. The others are dropped as `duplicate-url`, with the id of the one that stays.
 * Parts are small, a thousand links, because the next stage fetches them.
 */
export function urlsStage({ memoryBytes, threads }: UrlsOptions = {}): Stage {
  return {
    name: 'urls',
    version: 1,
    options: {},
    over: 'all',
    partRecords: 1000,
    async *run({ inputs, scratch }) {
      if (inputs.length === 0) return;
      using db = await openDuckDb({ memoryBytes, threads, scratch });
      await db.run('set variable files = $files', { files: JSON.stringify(inputs) });
      for await (const row of db.rows(QUERY)) {
        const { kept, rank, ...link } = row as unknown as Link & { kept: string; rank: number };
        if (rank === 1) yield { keep: link };
        else yield { drop: { id: link.id, url: link.url, kept }, reason: 'duplicate-url' };
      }
    },
  };
}

const QUERY = `
  select id, url, title, subreddit, score, created,
    first_value(id) over best as kept,
    row_number() over best as rank
  from read_json(
    from_json(getvariable('files'), '["varchar"]'),
    format = 'newline_delimited',
    columns = {
      id: 'varchar', url: 'varchar', key: 'varchar', title: 'varchar', subreddit: 'varchar',
      score: 'double', created: 'double'
    }
  )
  window best as (partition by key order by score desc, created, id, url)
  order by created, id, url`;
