/** Workers that read pages, each for so long and with so much memory: one bad page costs a worker, not the program. */
import type { Worker } from 'node:worker_threads';
import { startExtractWorker } from '#extract-worker';
import type { ExtractLimits } from './extract-text.js';
import { type ExtractJob, type ExtractReply, READY } from './messages.js';

const MOST_BUSY = 30; // a thread that has had no thirtieth of a core hangs
const START_MS = 60_000; // loading the parser is not the page's fault

/** What a pool may use. */
export interface PoolOptions {
  /** Default 2. */
  threads?: number;
  /**
   * For one page, in ms of this process's CPU time: a busy machine is not the page's fault. Sizes are limited before, so it
   * hardly ever counts. Default 20,000.
   */
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
        stop();
        for (const event of ['message', 'exit', 'error']) worker.removeAllListeners(event); // all would be too many: some are Node's
        worker.on('error', () => {}); // one that dies between two pages is found at the next
        worker.unref();
        resolve({ alive, value });
      };
      const tooSlow = () => end(false, 'too-slow');
      let stop = afterCpuTime(this.#ready.has(worker) ? this.#timeoutMs : START_MS, tooSlow);
      worker.on('message', (reply: ExtractReply | typeof READY) => {
        if (reply !== READY) return end(true, reply);
        this.#ready.add(worker);
        stop();
        stop = afterCpuTime(this.#timeoutMs, tooSlow);
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

/** Calls back once the process has computed for so long. @returns a function that calls it off. */
function afterCpuTime(ms: number, callback: () => void): () => void {
  const begin = process.cpuUsage();
  const latest = performance.now() + MOST_BUSY * ms;
  let timer: NodeJS.Timeout;
  const check = () => {
    const { user, system } = process.cpuUsage(begin);
    const left = ms - (user + system) / 1000;
    if (left <= 0 || performance.now() > latest) callback();
    else timer = setTimeout(check, Math.max(left, 20)); // several threads may compute at once: then it is a little late
  };
  timer = setTimeout(check, ms);
  return () => clearTimeout(timer);
}
