/** The stage `extract`: pages to documents. */
import type { LinkedPage } from '../fetch/fetch-stage.js';
import type { Outcome, Stage } from '../stage/stage.js';
import { ExtractPool, type PoolOptions } from './extract-pool.js';

/** A document of WebText. */
export interface WebDocument {
  /** Of the submission. */
  id: string;
  /** Of the page, after redirects. */
  url: string;
  /** The page's, or the submission's where it has none. */
  title: string;
  text: string;
  source: {
    subreddit: string;
    score: number;
    /** Seconds since 1970. */
    created: number;
  };
}

/**
 * A job for each part of pages. Reasons: `page-too-big`, `too-many-tags`, `too-deep`, `no-text`, `extract-failed`, `too-slow`,
 * `too-much-memory`.
 */
export function extractStage(options: PoolOptions = {}): Stage {
  const pool = new ExtractPool(options);
  return {
    name: 'extract',
    version: 1,
    options: { ...options.limits },
    over: 'each',
    async *run(job) {
      const waiting: Promise<Outcome>[] = []; // in order; the workers answer in any
      for await (const record of job.records()) {
        const outcome = toDocument(record as unknown as LinkedPage, pool);
        outcome.catch(() => {}); // it is awaited below, perhaps after another has failed
        waiting.push(outcome);
        if (waiting.length > 2 * pool.threads) yield await waiting.shift()!;
      }
      for (const each of waiting) yield await each;
    },
    close: () => pool[Symbol.asyncDispose](),
  };
}

async function toDocument({ link, page }: LinkedPage, pool: ExtractPool): Promise<Outcome> {
  const { id, subreddit, score, created } = link;
  const found = page.kind === 'text' ? plainText(page.content) : await pool.extract(page.content);
  if (typeof found === 'string') return { drop: { id, url: page.url }, reason: found };
  const { title, text } = found;
  const source = { subreddit, score, created };
  return { keep: { id, url: page.url, title: title || link.title, text, source } satisfies WebDocument };
}

function plainText(content: string): { title: string; text: string } | 'no-text' {
  const lines = content.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return text === '' ? 'no-text' : { title: '', text };
}
