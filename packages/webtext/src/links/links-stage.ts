/** The stage `links`: submissions to the pages they point at (GPT-2 section 2.1: "at least 3 karma"). */
import { stat } from 'node:fs/promises';
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Outcome, Stage } from '../stage/stage.js';
import { DEFAULT_BLOCKED_DOMAINS, isMedia, isUnder, WIKIPEDIA } from './block-lists.js';
import { normaliseUrl } from './normalise-url.js';
import { readSubmissions } from './read-submissions.js';
import { readSubmission, type Submission } from './submission.js';
import { unescapeHtml } from './unescape-html.js';

/** Which links to take. */
export interface LinksOptions {
  /** Least score. Default 3. */
  minKarma?: number;
  /** Last day of a submission, `2017-12` or `2017-12-31`, in UTC. Default `2017-12`. */
  until?: string;
  /** Subreddits to leave out, in any case. Default: none; OpenAI's list is not published. */
  blockedSubreddits?: readonly string[];
  /** Domains to leave out, with all below them. Default {@link DEFAULT_BLOCKED_DOMAINS}. */
  blockedDomains?: readonly string[];
  /** Take links marked as over 18. Default false. */
  over18?: boolean;
  /** Take links to Wikipedia. Default false. */
  wikipedia?: boolean;
}

/** A link that was taken. */
export interface Link {
  /** Of the submission. */
  id: string;
  url: string;
  /** Equal for addresses of one page; see {@link normaliseUrl}. */
  key: string;
  /** The submission's. */
  title: string;
  subreddit: string;
  score: number;
  /** Seconds since 1970. */
  created: number;
}

/**
 * A job for each dump. Reasons, in the order they are looked for: `bad-record`, `self-post`, `no-url`, `low-karma`,
 * `too-late`, `over-18`, `subreddit`, `not-http`, `bad-url`, `wikipedia`, `domain`, `media`.
 */
export function linksStage(options: LinksOptions = {}): Stage {
  const {
    minKarma = 3,
    until = '2017-12',
    blockedSubreddits = [],
    over18 = false,
    wikipedia = false,
  } = options;
  const { blockedDomains = DEFAULT_BLOCKED_DOMAINS } = options;
  const settings = { minKarma, until, over18, wikipedia };
  const filter: Filter = {
    ...settings,
    end: endOf(until),
    subreddits: new Set(blockedSubreddits.map((name) => name.toLowerCase())),
    domains: new Set(blockedDomains.map((name) => name.toLowerCase())),
  };
  return {
    name: 'links',
    version: 1,
    options: { ...settings, subreddits: [...filter.subreddits].sort(), domains: [...filter.domains].sort() },
    over: 'each',
    async *run({ inputs: [path], signal, progress }) {
      const { size } = await stat(path);
      const onBytes = (bytes: number) => progress(bytes / size);
      for await (const record of readSubmissions(path, { signal, onBytes })) yield outcomeOf(record, filter);
    },
  };
}

interface Filter {
  minKarma: number;
  /** Seconds since 1970. */
  end: number;
  over18: boolean;
  wikipedia: boolean;
  subreddits: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

const wikipediaDomains = new Set(WIKIPEDIA);

function outcomeOf(record: Record<string, unknown> | undefined, filter: Filter): Outcome {
  const submission = record && readSubmission(record);
  if (submission === undefined) return { drop: { id: record?.id ?? null }, reason: 'bad-record' };
  const { id, subreddit, title, score, created } = submission;
  const drop = (reason: string, url = submission.url) => ({ drop: { id, url }, reason });
  const reason = whyNot(submission, filter);
  if (reason !== undefined) return drop(reason);
  const found = normaliseUrl(unescapeHtml(submission.url));
  if (typeof found === 'string') return drop(found);
  const { url, key, host } = found;
  if (!filter.wikipedia && isUnder(host, wikipediaDomains)) return drop('wikipedia', url);
  if (isUnder(host, filter.domains)) return drop('domain', url);
  if (isMedia(url)) return drop('media', url);
  return { keep: { id, url, key, title: unescapeHtml(title), subreddit, score, created } satisfies Link };
}

function whyNot(submission: Submission, filter: Filter): string | undefined {
  if (submission.isSelf) return 'self-post';
  if (submission.url === '') return 'no-url';
  if (submission.score < filter.minKarma) return 'low-karma';
  if (submission.created >= filter.end) return 'too-late';
  if (submission.over18 && !filter.over18) return 'over-18';
  return filter.subreddits.has(submission.subreddit.toLowerCase()) ? 'subreddit' : undefined;
}

/** The first second after a month or a day. */
function endOf(until: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(until)?.map(Number) ?? [];
  const begin = new Date(Date.UTC(year, month - 1, Number.isNaN(day) ? 1 : day));
  const same = begin.getUTCMonth() === month - 1; // no 13th month, no 31st of June
  if (!same)
    throw new InvalidArgumentError({
      argument: 'until',
      expected: 'a month or a day, 2017-12',
      received: until,
    });
  return Date.UTC(year, Number.isNaN(day) ? month : month - 1, Number.isNaN(day) ? 1 : day + 1) / 1000;
}
