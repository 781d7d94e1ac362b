/** What sites allow, from their robots.txt (RFC 9309). */
import robotsParser from 'robots-parser';
import { FetchProblem } from './fetch-problem.js';

/** The rules of one site for one robot. */
export interface SiteRules {
  isAllowed(url: string): boolean;
  /** Pause between requests that the site asks for, at most a minute. */
  delayMs: number;
}

/** What it takes to get a robots.txt: its text, or a thrown {@link FetchProblem}. */
export type GetRobots = (url: URL) => Promise<string>;

const MAX_DELAY_S = 60;
const parseRobots = robotsParser as unknown as typeof robotsParser.default; // CommonJS whose types say `default`

/** Asks each site once. */
export class Robots {
  readonly #sites = new Map<string, Promise<SiteRules>>();
  readonly #agent: string;
  readonly #get: GetRobots;

  /** @param agent - The robot's name, as sites write it in their rules. */
  constructor(agent: string, get: GetRobots) {
    this.#agent = agent;
    this.#get = get;
  }

  /** @throws {@link FetchProblem} `robots-unreachable` when the site does not say: then nothing is allowed. */
  rulesOf(url: URL): Promise<SiteRules> {
    const known = this.#sites.get(url.origin);
    if (known) return known;
    const rules = this.#read(url);
    this.#sites.set(url.origin, rules);
    return rules;
  }

  async #read(url: URL): Promise<SiteRules> {
    const address = new URL('/robots.txt', url.origin);
    const robots = parseRobots(address.href, await this.#text(address));
    return {
      isAllowed: (each) => robots.isAllowed(each, this.#agent) !== false,
      delayMs: 1000 * Math.min(robots.getCrawlDelay(this.#agent) ?? 0, MAX_DELAY_S),
    };
  }

  async #text(address: URL): Promise<string> {
    try {
      return await this.#get(address);
    } catch (error) {
      if (!(error instanceof FetchProblem)) throw error;
      if (/^http-4/.test(error.reason) && error.reason !== 'http-429') return ''; // there is none: no rules
      if (error.reason === 'private-address' || error.reason === 'unknown-host') throw error;
      throw new FetchProblem('robots-unreachable', error.message, { cause: error });
    }
  }
}
