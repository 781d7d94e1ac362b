/** WebText, from Reddit's submissions to documents (GPT-2 section 2.1). */
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { type DedupOptions, dedupStage } from './dedup/dedup-stage.js';
import type { PoolOptions } from './extract/extract-pool.js';
import { extractStage } from './extract/extract-stage.js';
import { fetchStage } from './fetch/fetch-stage.js';
import type { FetcherOptions } from './fetch/fetcher.js';
import { exactStage } from './filter/exact-stage.js';
import { type FilterOptions, filterStage } from './filter/filter-stage.js';
import { type LinksOptions, linksStage } from './links/links-stage.js';
import { type UrlsOptions, urlsStage } from './links/urls-stage.js';
import { type PagesOptions, pagesStage } from './pages/pages-stage.js';
import type { FileFacts, Manifest } from './stage/manifest.js';
import { runPipeline } from './stage/run-pipeline.js';
import type { Stage, StageEvent } from './stage/stage.js';
import { removeCorpus, writeCorpus } from './write-corpus.js';

/** What to build WebText from, and how. */
export interface WebTextOptions {
  /** The run folder. */
  folder: string;
  /** Reddit submissions: `.jsonl` or `.csv`, plain, `.gz` or `.zst`. */
  submissions: readonly string[];
  links?: LinksOptions;
  /** Pages from disk. */
  pages?: PagesOptions;
  /** Pages from the network. Nothing is fetched unless this is given. */
  fetch?: FetcherOptions;
  extract?: PoolOptions;
  filter?: FilterOptions;
  /** What DuckDB may use for sorting. */
  database?: UrlsOptions;
  /** What is a near-duplicate. Default: as `dedupStage` says; `false` keeps them. */
  dedup?: Omit<DedupOptions, keyof UrlsOptions> | false;
  /** Stages after all others. They take and give {@link LabelledDocument}s. */
  more?: readonly Stage[];
  signal?: AbortSignal;
  onEvent?(event: StageEvent): void;
}

/** What a run has made. */
export interface WebTextResult {
  /** Of each stage, in order. */
  manifests: Manifest[];
  /** `documents.jsonl` and `webtext.txt`, in the run folder. */
  files: FileFacts[];
}

/**
 * Runs the stages `links`, `urls`, `fetch` or `pages`, `extract`, `filter`, `exact`, `dedup` and those that you add; then writes
 * `documents.jsonl` and `webtext.txt`. Call it again to go on after a stop.
 *
 * @throws {@link InvalidArgumentError} unless there are either pages or a way to fetch.
 */
export async function buildWebText(options: WebTextOptions): Promise<WebTextResult> {
  const { folder, submissions: inputs, signal, onEvent } = options;
  const stages = [
    linksStage(options.links),
    urlsStage(options.database),
    await sourceStage(options),
    extractStage(options.extract),
    filterStage(options.filter),
    exactStage(options.database),
    ...(options.dedup === false ? [] : [dedupStage({ ...options.dedup, ...options.database })]),
    ...(options.more ?? []),
  ];
  await removeCorpus(folder);
  const manifests = await runPipeline(stages, { folder, inputs, signal, onEvent });
  const last = manifests[manifests.length - 1];
  return { manifests, files: await writeCorpus(folder, join(folder, last.stage), last, signal) };
}

async function sourceStage({ pages, fetch }: WebTextOptions): Promise<Stage> {
  if ((pages === undefined) === (fetch === undefined)) {
    const received = pages === undefined ? 'neither' : 'both';
    throw new InvalidArgumentError({
      argument: 'options',
      expected: 'pages or fetch, one of them',
      received,
    });
  }
  return fetch === undefined ? await pagesStage(pages!) : fetchStage(fetch);
}
