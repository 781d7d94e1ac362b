/** Why a page was not had. */

/** What a dropped link's `reason` can be. */
export type FetchReason =
  | 'unknown-host'
  | 'private-address'
  | 'robots'
  | 'robots-unreachable'
  | 'connection'
  | 'timeout'
  | 'too-big'
  | 'too-many-redirects'
  | 'bad-redirect'
  | 'bad-response'
  | `http-${number}`
  | 'content-type'
  | 'bad-charset'
  | 'not-text'
  | 'not-saved';

/** Thrown inside the fetcher and turned into an outcome by its stage. */
export class FetchProblem extends Error {
  readonly reason: FetchReason;
  /** Worth another try. */
  readonly passing: boolean;
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: FetchReason,
    detail: string,
    options: { cause?: unknown; passing?: boolean; retryAfterMs?: number } = {},
  ) {
    super(`${reason}: ${detail}`, { cause: options.cause });
    this.name = 'FetchProblem';
    this.reason = reason;
    this.passing = options.passing ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
