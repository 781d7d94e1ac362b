/** The other side of a comparison: a process of its own, which computes only while this one waits for its answer. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { GptError } from '@gpt-ts/core';
import type { Slice } from './alternate.js';
import type { PeerReply, PeerRequest } from './peer-protocol.js';

/** What the peer runs on. */
export const PEER = 'tfjs core ops on stock tfjs-backend-wasm';

/** A process that runs the same subjects on tfjs's own wasm backend. Dispose it to end it. */
export class Peer implements Disposable {
  #child: ChildProcess | undefined;

  /** Gets a subject ready over there and gives its slices, in milliseconds a run. */
  async prepare(label: string): Promise<Slice> {
    await this.#ask({ prepare: label });
    return async () => (await this.#ask({ slice: true })).ms!;
  }

  async #ask(request: PeerRequest): Promise<PeerReply> {
    this.#child ??= fork(new URL('./peer-process.js', import.meta.url), { stdio: ['ignore', 2, 2, 'ipc'] });
    const child = this.#child;
    const ended = new AbortController();
    try {
      const reply = once(child, 'message', { signal: ended.signal });
      const lost = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
        const message = `the process with tfjs's own backend ended with exit code ${code}.`;
        throw new GptError('bench-failed', { message, hint: 'What it said is above.' });
      });
      child.send(request);
      return (await Promise.race([reply, lost]))[0];
    } finally {
      ended.abort();
    }
  }

  [Symbol.dispose](): void {
    this.#child?.kill();
  }
}
