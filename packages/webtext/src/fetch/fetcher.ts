/** A polite fetcher: it asks robots.txt, waits its turn, follows redirects one by one, and gives up in time. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { FetchProblem } from './fetch-problem.js';
import { type Network, PUBLIC_NETWORK } from './network.js';
import { kindOf, type RawPage } from './page.js';
import { type Answer, request } from './request.js';
import { Robots } from './robots.js';
import { Turns } from './turns.js';

/** How to fetch. None of it changes what a page says, so none of it is part of a stage's identity. */
export interface FetcherOptions {
  /** Requests at once; to one host there is only one. Default 16. */
  concurrency?: number;
  /** Pause between two requests to a host, in ms. A longer `Crawl-delay` counts. Default 1000. */
  delayMs?: number;
  /** For one request, from the host's resolution to the last byte, in ms. Default 30,000. */
  timeoutMs?: number;
  /** Of a page, as sent and unpacked. Default 4 MiB. */
  maxBytes?: number;
  /** More tries after a failure that may pass: no answer in time, 429, 5xx. Default 2. */
  retries?: number;
  /** Pause before the first retry, in ms; doubled for each further one. Default 2000. */
  backOffMs?: number;
  /** Where a site's owner can reach you: an address of a page or a mailbox, sent with every request. */
  contact?: string;
  /** The way to the network, for tests. Default: the system's resolver and public addresses only. */
  network?: Network;
}

/** The name to use in robots.txt. */
export const ROBOT_NAME = 'gpt-ts-webtext';
const MAX_REDIRECTS = 5;
const MAX_ROBOTS_BYTES = 500 * 1024; // RFC 9309 section 2.5
const MAX_RETRY_AFTER_MS = 60_000;

/** Fetches pages. One fetcher keeps one set of turns and rules, so use one for all pages. */
export class Fetcher {
  readonly #options: Required<Omit<FetcherOptions, 'contact'>>;
  readonly #userAgent: string;
  readonly #turns: Turns;
  readonly #robots: Robots;
  readonly #signal: AbortSignal;

  /** @param signal - Ends all requests. */
  constructor(options: FetcherOptions, signal: AbortSignal) {
    const { concurrency = 16, delayMs = 1000, timeoutMs = 30_000, maxBytes = 4 * 2 ** 20 } = options;
    const { retries = 2, backOffMs = 2000, network = PUBLIC_NETWORK, contact } = options;
    this.#options = { concurrency, delayMs, timeoutMs, maxBytes, retries, backOffMs, network };
    this.#userAgent = `${ROBOT_NAME}/1.0${contact === undefined ? '' : ` (+${contact.replace(/[^ -~]/g, '')})`}`;
    this.#turns = new Turns(concurrency);
    this.#signal = signal;
    setMaxListeners(0, signal); // each request waits for it
    this.#robots = new Robots(ROBOT_NAME, (url) => this.#robotsText(url));
  }

  /**
   * Fetches a page.
   *
   * @throws {@link FetchProblem} with the reason, or the signal's reason.
   */
  async page(url: string): Promise<RawPage> {
    const accepts = (status: number, contentType: string) => {
      if (status >= 200 && status < 300 && kindOf(contentType) === undefined)
        throw new FetchProblem('content-type', contentType.slice(0, 80));
    };
    return await this.#follow(new URL(url), async (hop) => {
      const rules = await this.#robots.rulesOf(hop);
      if (!rules.isAllowed(hop.href)) throw new FetchProblem('robots', hop.pathname);
      const delayMs = Math.max(rules.delayMs, this.#options.delayMs);
      return await this.#tries(() => this.#get(hop, delayMs, this.#options.maxBytes, accepts));
    });
  }

  async #robotsText(url: URL): Promise<string> {
    const get = (hop: URL) => this.#tries(() => this.#get(hop, this.#options.delayMs, MAX_ROBOTS_BYTES));
    const { body } = await this.#follow(url, get);
    return new TextDecoder().decode(body);
  }

  #get(
    url: URL,
    delayMs: number,
    maxBytes: number,
    accepts: (status: number, contentType: string) => void = () => {},
  ): Promise<Answer> {
    const { timeoutMs, network } = this.#options;
    const limits = { timeoutMs, maxBytes, network, userAgent: this.#userAgent };
    return this.#turns.take(url.host, delayMs, this.#signal, async () => {
      const answer = await request(url, limits, this.#signal, (status, headers) =>
        accepts(status, headers['content-type'] ?? ''),
      );
      const { status, headers } = answer;
      if (status < 400 && status >= 200) return answer;
      const retryAfterMs = 1000 * Number(headers['retry-after'] ?? Number.NaN);
      throw new FetchProblem(`http-${status}`, url.href, {
        passing: status === 429 || status >= 500,
        retryAfterMs,
      });
    });
  }

  /** Each hop is asked for like a page of its own: its host's address, rules and turn are checked. */
  async #follow(url: URL, get: (hop: URL) => Promise<Answer>): Promise<RawPage> {
    let hop = url;
    for (let redirects = 0; ; redirects++) {
      const { status, headers, body } = await get(hop);
      if (status < 300) return { url: hop.href, contentType: headers['content-type'] ?? '', body };
      if (redirects === MAX_REDIRECTS) throw new FetchProblem('too-many-redirects', url.href);
      hop = nextHop(hop, headers.location);
    }
  }

  async #tries<T>(work: () => Promise<T>): Promise<T> {
    const { retries, backOffMs } = this.#options;
    for (let tries = 0; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof FetchProblem) || !error.passing || tries >= retries) throw error;
        const asked = error.retryAfterMs ?? Number.NaN;
        const wait = asked >= 0 ? Math.min(asked, MAX_RETRY_AFTER_MS) : backOffMs * 2 ** tries;
        await sleep(wait, undefined, { signal: this.#signal });
      }
    }
  }
}

function nextHop(from: URL, location: string | undefined): URL {
  if (location === undefined || !URL.canParse(location, from))
    throw new FetchProblem('bad-redirect', from.href);
  const to = new URL(location, from);
  to.username = '';
  to.password = '';
  to.hash = '';
  if (to.protocol === 'http:' || to.protocol === 'https:') return to;
  throw new FetchProblem('bad-redirect', `to ${to.protocol}`);
}
