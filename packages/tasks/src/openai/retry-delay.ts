/** How long to wait before a request is sent again. */

const FIRST_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;
/** A server that asks for a longer wait than this is given up. */
const LONGEST_MS = 120_000;

/**
 * Twice as long after each try, and at least as long as the server asks for.
 *
 * @param tries - How often the request has been sent, from 1.
 * @param retryAfter - The header `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3). What is neither is ignored.
 * @returns Milliseconds; undefined where the server asks for more than two minutes.
 * @example
 * retryDelay(3, '10'); // => 10000
 */
export function retryDelay(
  tries: number,
  retryAfter: string | null,
  now: number = Date.now(),
): number | undefined {
  const backOff = Math.min(FIRST_MS * 2 ** (tries - 1), LONGEST_BACK_OFF_MS);
  const delay = Math.max(backOff, askedDelay(retryAfter, now));
  return delay <= LONGEST_MS ? delay : undefined;
}

function askedDelay(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const ms = /^\s*\d+\s*$/.test(retryAfter) ? 1000 * Number(retryAfter) : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? 0 : ms;
}

/** Waits; rejects with the signal's reason when that aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
