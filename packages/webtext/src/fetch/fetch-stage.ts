/** The stage `fetch`: links to pages, over the network. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Link } from '../links/links-stage.js';
import { pad } from '../stage/part-writer.js';
import type { Job, Outcome, Stage } from '../stage/stage.js';
import { FetchProblem } from './fetch-problem.js';
import { Fetcher, type FetcherOptions } from './fetcher.js';
import { type Page, readPage } from './page.js';

/** A link and the page it led to. */
export interface LinkedPage {
  link: Omit<Link, 'key'>;
  page: Page;
}

/**
 * A job for each part of links. Pages go to scratch files as they come, so a stopped job goes on after the last page it had;
 * they come out in the order of the links.
 */
export function fetchStage(options: FetcherOptions = {}): Stage {
  let fetcher: Fetcher | undefined;
  return {
    name: 'fetch',
    version: 1,
    options: {},
    over: 'each',
    partRecords: 1000,
    async *run(job) {
      fetcher ??= new Fetcher(options, job.signal);
      const links = await linksOf(job);
      await fetchAll(links, fetcher, job);
      for (const [i, link] of links.entries()) yield toOutcome(link, await readResult(job, i));
    },
  };
}

type Result = { page: Page } | { reason: string };

/** A link's outcome. */
export function toOutcome(link: LinkedPage['link'], result: Result): Outcome {
  const { id, url, title, subreddit, score, created } = link;
  if ('reason' in result) return { drop: { id, url }, reason: result.reason };
  return {
    keep: { link: { id, url, title, subreddit, score, created }, page: result.page } satisfies LinkedPage,
  };
}

/** All links of a job; a part has a thousand. */
async function linksOf(job: Job): Promise<Link[]> {
  const links: Link[] = [];
  for await (const record of job.records()) links.push(record as unknown as Link);
  job.progress(0);
  return links;
}

/** Hosts side by side, the links of a host one after the other. */
async function fetchAll(links: readonly Link[], fetcher: Fetcher, job: Job): Promise<void> {
  const byHost = new Map<string, number[]>();
  for (const [i, { url }] of links.entries()) {
    const { host } = new URL(url);
    byHost.set(host, [...(byHost.get(host) ?? []), i]);
  }
  let done = 0;
  const fetchHost = async (numbers: readonly number[]): Promise<void> => {
    for (const i of numbers) {
      if ((await readResult(job, i).catch(() => undefined)) === undefined) {
        await writeResult(job, i, await fetchOne(links[i].url, fetcher));
      }
      job.progress(++done / links.length);
    }
  };
  const hosts = await Promise.allSettled([...byHost.values()].map(fetchHost));
  for (const each of hosts) if (each.status === 'rejected') throw each.reason;
}

async function fetchOne(url: string, fetcher: Fetcher): Promise<Result> {
  try {
    return { page: readPage(await fetcher.page(url)) };
  } catch (error) {
    if (error instanceof FetchProblem) return { reason: error.reason };
    throw error;
  }
}

async function readResult(job: Job, i: number): Promise<Result> {
  return JSON.parse(await readFile(join(job.scratch, `${pad(i)}.json`), 'utf8')) as Result;
}

async function writeResult(job: Job, i: number, result: Result): Promise<void> {
  const path = join(job.scratch, `${pad(i)}.json`);
  await writeFile(`${path}.tmp`, JSON.stringify(result));
  await rename(`${path}.tmp`, path);
}
