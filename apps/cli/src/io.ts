/** Where output goes: results to stdout, everything said along the way to stderr. */

/** How this program is called here: through pnpm in a checkout, by its name where it is installed. */
export const GPT_COMMAND: string = /^(gpt|quickstart)$/.test(process.env.npm_lifecycle_event ?? '')
  ? 'pnpm gpt'
  : 'gpt';

// A reader such as `head` may close the pipe before everything is written: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** A result, for people or programs. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON object, the whole of stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Something worth knowing that is not the result. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What went wrong. */
export function printError(text: string): void {
  process.stderr.write(`gpt: ${text}\n`);
}

/**
 * A signal that the first Ctrl-C aborts; the second one ends the program at once. Dispose it to leave Ctrl-C alone
 * again.
 */
export function interruptible(): { signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const onInterrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}
