/** The stage `exact`: each text once. */

import type { UrlsOptions } from '../links/urls-stage.js';
import { openDuckDb } from '../stage/duck-db.js';
import type { Job, Stage } from '../stage/stage.js';
import type { HashedDocument } from './filter-stage.js';

/**
 * Of documents with equal letters the earliest stays (then the smaller id); the others are dropped as `duplicate-text`, with
 * the id of the one that stays. Only hashes and ids are sorted; texts are read once more and passed on.
 */
export function exactStage(options: UrlsOptions = {}): Stage {
  return {
    name: 'exact',
    version: 1,
    options: {},
    over: 'all',
    async *run(job) {
      const copies = job.inputs.length === 0 ? new Map<string, string>() : await copiesOf(job, options);
      for await (const record of job.records()) {
        const { hash: _, ...document } = record as unknown as HashedDocument;
        const { id, url } = document;
        const kept = copies.get(id);
        if (kept === undefined) yield { keep: document };
        else yield { drop: { id, url, kept }, reason: 'duplicate-text' };
      }
    },
  };
}

/** The id of each document that goes, and of the one that stays for it. */
async function copiesOf({ inputs, scratch }: Job, options: UrlsOptions): Promise<Map<string, string>> {
  using db = await openDuckDb({ ...options, scratch });
  const copies = new Map<string, string>();
  for await (const { id, kept } of db.rows(QUERY, { files: JSON.stringify(inputs) }))
    copies.set(String(id), String(kept));
  return copies;
}

const QUERY = `
  select id, first_value(id) over same as kept
  from read_json(
    from_json($files, '["varchar"]'),
    format = 'newline_delimited',
    maximum_object_size = 67108864,
    columns = { id: 'varchar', hash: 'varchar', source: 'struct(created double)' }
  )
  window same as (partition by hash order by source.created, id)
  qualify row_number() over same > 1`;
