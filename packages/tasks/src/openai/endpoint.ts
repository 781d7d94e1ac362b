/** One HTTP address that takes JSON and gives JSON: timeouts, retries, limits, and errors that keep secrets. */
import { EndpointError, type EndpointErrorCode } from '../errors/endpoint-error.js';
import { type CheckedOptions, publicUrl } from './options.js';
import { readText } from './read-text.js';
import { oneLine, refusalOf } from './refusal.js';
import { pause, retryDelay } from './retry-delay.js';

/** Most bytes that are read of an answer that says why there is none. */
const REFUSAL_BYTES = 65_536;

/** A problem in the making: {@link Endpoint.error} adds the address. */
export interface Problem {
  code: EndpointErrorCode;
  problem: string;
  /** The server's own words, as they came. */
  said?: string;
  hint?: string;
  status?: number;
}

/** What to send and what may come back. */
export interface Sending {
  body: object;
  /** Longest answer to read. */
  maxBytes: number;
  signal: AbortSignal;
  /** Makes a problem that no further try would mend of the words with which the server refuses. */
  refused?: (said: string) => Problem | undefined;
}

/** What became of one try. */
type Outcome = { answer: unknown } | { error: EndpointError; retryAfter: string | null };

/** Sends JSON to an address. */
export class Endpoint {
  readonly #options: CheckedOptions;
  readonly #headers: Record<string, string>;

  constructor(options: CheckedOptions) {
    const { apiKey } = options;
    this.#options = options;
    this.#headers = { accept: 'application/json', 'content-type': 'application/json' };
    if (apiKey !== undefined) this.#headers.authorization = `Bearer ${apiKey}`;
  }

  /** An error with the address of this endpoint, and without its key. */
  error({ problem, said, ...rest }: Problem): EndpointError {
    const words = said === undefined ? '' : `: "${oneLine(this.#redact(said))}"`;
    return new EndpointError({ ...rest, problem: problem + words, url: publicUrl(this.#options.url) });
  }

  /**
   * Sends a body, again where that may help, and gives the parsed answer.
   *
   * @throws EndpointError
   */
  async post(sending: Sending): Promise<unknown> {
    const body = JSON.stringify(sending.body);
    for (let tries = 1; ; tries++) {
      const outcome = await this.#try(body, sending);
      if ('answer' in outcome) return outcome.answer;
      const delay = tries <= this.#options.retries ? retryDelay(tries, outcome.retryAfter) : undefined;
      if (delay === undefined) throw outcome.error;
      await pause(delay, sending.signal);
    }
  }

  /** One request. Throws what another try would not mend. */
  async #try(body: string, { maxBytes, signal, refused }: Sending): Promise<Outcome> {
    const { url, timeoutMs, fetch } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string | undefined;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: this.#headers,
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, timeout]),
      });
      text = await readText(response, response.ok ? maxBytes : REFUSAL_BYTES);
    } catch (cause) {
      signal.throwIfAborted();
      return { error: this.#broken(cause, timeout.aborted), retryAfter: null };
    }
    if (response.ok) return { answer: this.#parse(text, maxBytes) };
    const { status, headers } = response;
    const said = refusalOf(text ?? '');
    const final = said === undefined ? undefined : refused?.(said);
    if (final) throw this.error({ ...final, status });
    const error = this.error({
      code: 'endpoint-status',
      ...{ status, said, problem: `status ${status}`, hint: this.#hintFor(status) },
    });
    if (status !== 429 && status < 500) throw error;
    return { error, retryAfter: headers.get('retry-after') };
  }

  /** The error of a connection that did not bring a whole answer. Only what another try may mend is returned. */
  #broken(cause: unknown, timedOut: boolean): EndpointError {
    if (timedOut) {
      throw this.error({
        code: 'endpoint-timeout',
        problem: `no whole answer in ${this.#options.timeoutMs} ms`,
        hint: 'Raise timeoutMs, or lower batchSize or concurrency.',
      });
    }
    const reason = deepest(cause);
    if (/redirect/i.test(reason)) {
      throw this.error({
        code: 'endpoint-unreachable',
        problem: 'the server redirects to another address, which is not followed',
        hint: 'Pass that address as url, if you trust it.',
      });
    }
    return this.error({
      code: 'endpoint-unreachable',
      ...{ problem: 'no connection, or it broke', said: reason || undefined },
      hint: 'Is the server running, and is this its address?',
    });
  }

  #hintFor(status: number): string | undefined {
    if (status === 401 || status === 403) {
      return this.#options.apiKey === undefined
        ? 'The server wants a key: pass apiKey.'
        : 'The server does not take this apiKey, or not for this model.';
    }
    if (status === 404 || status === 405) {
      return 'url has to be the whole address, as in http://localhost:8000/v1/completions, and model a name the server knows.';
    }
    if (status === 429) return 'Lower concurrency, or raise retries.';
    return undefined;
  }

  #parse(text: string | undefined, maxBytes: number): unknown {
    if (text === undefined) {
      throw this.error({ code: 'endpoint-answer', problem: `the answer has more than ${maxBytes} bytes` });
    }
    try {
      return JSON.parse(text);
    } catch {
      throw this.error({
        code: 'endpoint-answer',
        ...{ problem: 'the answer must be JSON', said: text },
        hint: 'Is this the address of a completions endpoint?',
      });
    }
  }

  /** Servers may repeat what they were sent; only messages are changed, never answers. */
  #redact(text: string): string {
    const { apiKey } = this.#options;
    if (apiKey === undefined) return text;
    const inJson = JSON.stringify(apiKey).slice(1, -1);
    return text.replaceAll(apiKey, '[apiKey]').replaceAll(inJson, '[apiKey]');
  }
}

/** The message at the bottom: `fetch failed` says nothing, its cause does. */
function deepest(error: unknown): string {
  let text = '';
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    const { code } = at as { code?: unknown };
    text = at.message || (typeof code === 'string' ? code : text);
  }
  return text;
}
