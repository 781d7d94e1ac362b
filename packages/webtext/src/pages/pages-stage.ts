/** The stage `pages`: links to pages that are on disk already. */
import { createHash } from 'node:crypto';
import { FetchProblem } from '../fetch/fetch-problem.js';
import { toOutcome } from '../fetch/fetch-stage.js';
import { readPage } from '../fetch/page.js';
import type { Link } from '../links/links-stage.js';
import { normaliseUrl } from '../links/normalise-url.js';
import type { Job, Outcome, Stage } from '../stage/stage.js';
import { type PageFile, pageFiles, readPageFile, type SavedPage } from './saved-pages.js';

/** Which pages. */
export interface PagesOptions {
  /** Folders of pages and web archives (`.warc`, `.warc.gz`). */
  pages: readonly string[];
  /** Of a page, packed and unpacked. Default 4 MiB. */
  maxBytes?: number;
}

/**
 * One pass over all pages, in the order of the files, with all links in memory (about 500 bytes each). The first page of an
 * address counts; a redirect leads to the page behind it when that comes later. Links without a page are dropped as
 * `not-saved`.
 */
export async function pagesStage({ pages, maxBytes = 4 * 2 ** 20 }: PagesOptions): Promise<Stage> {
  const files = await pageFiles(pages);
  return {
    name: 'pages',
    version: 1,
    options: { files: fingerprint(files), maxBytes },
    over: 'all',
    partRecords: 1000,
    async *run(job) {
      const wanted = await wantedLinks(job);
      const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
      let before = 0;
      for (const file of files) {
        const onBytes = (bytes: number) => job.progress((before + bytes) / all);
        for await (const saved of readPageFile(file, maxBytes, { signal: job.signal, onBytes })) {
          const outcome = outcomeOf(saved, wanted);
          if (outcome) yield outcome;
        }
        onBytes(file.bytes);
        before += file.bytes;
      }
      for (const link of new Set(wanted.values())) yield toOutcome(link, { reason: 'not-saved' });
    },
  };
}

/** Links by the key of the address where their page is. */
async function wantedLinks(job: Job): Promise<Map<string, Link>> {
  const wanted = new Map<string, Link>();
  for await (const record of job.records()) {
    const link = record as unknown as Link;
    wanted.set(keyOf(link.url) ?? link.url, link);
  }
  job.progress(0);
  return wanted;
}

function outcomeOf(saved: SavedPage, wanted: Map<string, Link>): Outcome | undefined {
  const key = keyOf(saved.url);
  const link = key === undefined ? undefined : wanted.get(key);
  if (key === undefined || link === undefined) return undefined;
  wanted.delete(key);
  try {
    if ('problem' in saved) throw saved.problem;
    const { url, status, location, contentType, body } = saved;
    if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url)) {
      const target = keyOf(new URL(location, url).href);
      if (target === undefined || wanted.has(target))
        throw new FetchProblem('bad-redirect', location.slice(0, 80));
      wanted.set(target, link);
      return undefined;
    }
    if (status < 200 || status >= 300) throw new FetchProblem(`http-${status}`, url);
    return toOutcome(link, { page: readPage({ url, contentType, body }) });
  } catch (error) {
    if (error instanceof FetchProblem) return toOutcome(link, { reason: error.reason });
    throw error;
  }
}

function keyOf(url: string): string | undefined {
  const found = normaliseUrl(url);
  return typeof found === 'string' ? undefined : found.key;
}

/** Which files there are, without reading them. */
function fingerprint(files: readonly PageFile[]): string {
  const facts = files.map(({ path, bytes, mtimeMs, url }) => [path, bytes, mtimeMs, url ?? null]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
