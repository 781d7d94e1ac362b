/** One request, one answer, within limits of time and size. No redirects, no retries. */
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { FetchProblem } from './fetch-problem.js';
import { checkedLookup, type Network } from './network.js';
import { unpackBody } from './unpack-body.js';

/** What a request may take. */
export interface RequestLimits {
  /** For one request, from the name's resolution to the last byte. */
  timeoutMs: number;
  /** Of the body, as sent and unpacked. */
  maxBytes: number;
  userAgent: string;
  network: Network;
}

/** An answer. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Unpacked. Empty for a status other than 2xx. */
  body: Uint8Array;
}

/**
 * GETs an address.
 *
 * @param accepts - Sees status and headers; what it throws ends the request before the body.
 * @throws {@link FetchProblem}, or the signal's reason.
 */
export async function request(
  url: URL,
  limits: RequestLimits,
  signal: AbortSignal,
  accepts: (status: number, headers: IncomingHttpHeaders) => void = () => {},
): Promise<Answer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  try {
    const lookup = await raceAbort(checkedLookup(url.hostname, limits.network), either);
    const response = await send(url, limits, lookup, either);
    try {
      const { statusCode: status = 0, headers } = response;
      accepts(status, headers);
      const hasBody = status >= 200 && status < 300;
      return {
        status,
        headers,
        body: hasBody ? await unpackBody(response, headers, limits.maxBytes) : new Uint8Array(),
      };
    } finally {
      response.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) throw new FetchProblem('timeout', `${limits.timeoutMs} ms`, { passing: true });
    throw error instanceof FetchProblem ? error : explain(error);
  }
}

function send(
  url: URL,
  limits: RequestLimits,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = {
    'user-agent': limits.userAgent,
    accept: 'text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1',
    'accept-language': 'en',
    'accept-encoding': 'gzip, deflate, br',
  };
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = start(url, { headers, lookup, signal, agent: false });
    sent.on('response', resolve);
    sent.on('error', reject);
    sent.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new FetchProblem('bad-response', 'wants another protocol'));
    });
    sent.end();
  });
}

/** Gives up waiting; the resolver of the system cannot be stopped. */
async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function explain(error: unknown): FetchProblem {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code.startsWith('HPE_')) return new FetchProblem('bad-response', code, { cause: error });
  return new FetchProblem('connection', code || message, { cause: error, passing: true });
}
