/** A process with one tokenizer in it, seen from the benchmark. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { GptError } from '@gpt-ts/core';
import type { TokenizerJob, TokenizerReply, TokenizerRequest } from './tokenizer-messages.js';

/** Runs one library on one text. Dispose it to end it. */
export class TokenizerChild implements Disposable {
  readonly #child: ChildProcess;
  readonly #library: string;

  constructor(job: TokenizerJob) {
    const file = new URL('./tokenizer-process.js', import.meta.url);
    this.#child = fork(file, [JSON.stringify(job)], { stdio: ['ignore', 2, 2, 'ipc'] });
    this.#library = job.library;
  }

  /**
   * What it answers.
   *
   * @throws GptError `'bench-failed'` when it ends instead.
   */
  async ask(request: TokenizerRequest): Promise<TokenizerReply> {
    const ended = new AbortController();
    try {
      const reply = once(this.#child, 'message', { signal: ended.signal });
      const lost = once(this.#child, 'exit', { signal: ended.signal }).then(([code]) => {
        const message = `the process of ${this.#library} ended with exit code ${code}.`;
        throw new GptError('bench-failed', { message, hint: 'What it said is above.' });
      });
      lost.catch(() => undefined); // aborted, or thrown by the race
      reply.catch(() => undefined);
      this.#child.send(request);
      return (await Promise.race([reply, lost]))[0];
    } finally {
      ended.abort();
    }
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }
}
