/** Workers that read pages, each for so long and with so much memory: one bad page costs a worker, not the program. */
import type { Worker } from 'node:worker_threads';
import { startExtractWorker } from '#extract-worker';
import type { ExtractLimits } from './extract-text.js';
import { type ExtractJob, type ExtractReply, READY } from './messages.js';

const START_MS = 60_000; // a busy machine loads a parser slowly; the page is not to blame

/** What a pool may use. */
export interface PoolOptions {
  /** Default 2. */
  threads?: number;
  /** For one page, in ms. Sizes are limited before, so that it hardly ever counts. Default 20,000. */
  timeoutMs?: number;
  /** Of each worker, in MiB. Default 1024. */
  memoryMiB?: number;
  limits?: ExtractLimits;
}

/** Why a worker gave no answer. */
export type PoolReason = 'too-slow' | 'too-much-memory' | 'extract-failed';

/** Reads pages. Dispose it to stop its workers. */
export class ExtractPool implements AsyncDisposable {
  readonly threads: number;
  readonly #timeoutMs: number;
  readonly #memoryMiB: number;
  readonly #limits: ExtractLimits;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #ready = new WeakSet<Worker>();
  readonly #waiting: ((worker: Worker) => void)[] = [];

  constructor({ threads = 2, timeoutMs = 20_000, memoryMiB = 1024, limits = {} }: PoolOptions = {}) {
    this.threads = threads;
    this.#timeoutMs = timeoutMs;
    this.#memoryMiB = memoryMiB;
    this.#limits = limits;
  }

  /** The text of a page, or why there is none. Never fails because of the page. */
  async extract(html: string): Promise<ExtractReply | PoolReason> {
    const worker = await this.#take();
    const reply = await this.#ask(worker, { html, limits: this.#limits });
    if (reply.alive) this.#give(worker);
    else await this.#replace(worker);
    return reply.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
    this.#all.clear();
  }

  #ask(worker: Worker, job: ExtractJob): Promise<{ alive: boolean; value: ExtractReply | PoolReason }> {
    return new Promise((resolve) => {
      const end = (alive: boolean, value: ExtractReply | PoolReason) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        worker.on('error', () => {}); // one that dies between two pages is found at the next
        worker.unref();
        resolve({ alive, value });
      };
      const limit = (ms: number) => setTimeout(() => end(false, 'too-slow'), ms);
      let timer = limit(this.#ready.has(worker) ? this.#timeoutMs : START_MS);
      worker.on('message', (reply: ExtractReply | typeof READY) => {
        if (reply !== READY) return end(true, reply);
        this.#ready.add(worker);
        clearTimeout(timer);
        timer = limit(this.#timeoutMs);
      });
      worker.on('exit', () => end(false, 'extract-failed'));
      worker.on('error', (error: NodeJS.ErrnoException) =>
        end(false, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-much-memory' : 'extract-failed'),
      );
      worker.ref();
      worker.postMessage(job);
    });
  }

  async #take(): Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < this.threads) return this.#start();
    return await new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(worker: Worker): void {
    const next = this.#waiting.shift();
    if (next) next(worker);
    else this.#idle.push(worker);
  }

  async #replace(worker: Worker): Promise<void> {
    this.#all.delete(worker);
    await worker.terminate();
    const next = this.#waiting.shift();
    if (next) next(this.#start());
  }

  #start(): Worker {
    const worker = startExtractWorker(this.#memoryMiB);
    worker.unref();
    this.#all.add(worker);
    return worker;
  }
}
