/** The caller's side of `encodeBatch`: workers that hold a tokenizer, and jobs handed out as they become free. */
import { MemoryStorage } from '@gpt-ts/core';
import { platform } from '#platform';
import { WorkerError } from '../errors/worker-error.js';
import type { Tokenizer } from '../tokenizer.js';
import type { Reply } from './messages.js';
import type { WorkerHandle } from './platform.js';

const JOB = 2 ** 17; // UTF-16 units: a few milliseconds, so that workers end together
const IDLE_MS = 5000;

type Encoded = Extract<Reply, { type: 'ids' }>;

/** Workers that encode with one tokenizer. */
export class WorkerPool {
  /** Cores the program may use. */
  readonly cores: number = platform.cores;
  readonly #tokenizer: Tokenizer;
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #workers: JobWorker[] = [];
  #batches = 0; // under way
  #idle: ReturnType<typeof setTimeout> | undefined;

  private constructor(tokenizer: Tokenizer, files: ReadonlyMap<string, Uint8Array>) {
    this.#tokenizer = tokenizer;
    this.#files = files;
  }

  /** A pool whose workers will load what `tokenizer` saves. */
  static async for(tokenizer: Tokenizer): Promise<WorkerPool> {
    const storage = new MemoryStorage();
    await tokenizer.save(storage);
    return new WorkerPool(tokenizer, storage.files);
  }

  /** See `encodeBatch`. */
  async encode(texts: readonly string[], options: object, threads: number): Promise<Int32Array[]> {
    const jobs = cut(texts);
    const results = new Array<Int32Array[]>(jobs.length);
    let next = 0;
    const work = async (worker: JobWorker): Promise<void> => {
      while (next < jobs.length) {
        const at = next++;
        results[at] = split(await worker.run(jobs[at], options));
      }
    };
    clearTimeout(this.#idle);
    this.#batches++;
    try {
      await Promise.all(this.#start(Math.min(threads, jobs.length)).map(work));
    } catch (error) {
      next = jobs.length;
      // A refused text is refused here too, with an error that has its class and its facts.
      for (const text of error instanceof Refused ? texts : []) this.#tokenizer.encode(text, options);
      throw error;
    } finally {
      if (--this.#batches === 0) this.#stopWhenIdle();
    }
    return results.flat();
  }

  /** The first `count` workers, started where they are not yet. */
  #start(count: number): JobWorker[] {
    const alive = this.#workers.filter((worker) => worker.lost === undefined);
    this.#workers.splice(0, Infinity, ...alive);
    while (this.#workers.length < count) this.#workers.push(new JobWorker(this.#files));
    return this.#workers.slice(0, count);
  }

  #stopWhenIdle(): void {
    this.#idle = setTimeout(() => {
      for (const worker of this.#workers.splice(0)) worker.stop();
    }, IDLE_MS);
    if (typeof this.#idle === 'object') this.#idle.unref(); // Node's timers would keep the program alive
  }
}

/** A text was refused. */
class Refused extends Error {}

/** One worker and the jobs it has not answered yet. */
class JobWorker {
  lost: unknown;
  readonly #handle: WorkerHandle;
  readonly #waiting = new Map<number, { resolve(reply: Encoded): void; reject(reason: unknown): void }>();
  #jobs = 0;

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#handle = platform.startWorker({
      reply: (reply) => {
        const job = this.#waiting.get(reply.id)!;
        this.#done(reply.id);
        if (reply.type === 'ids') job.resolve(reply);
        else job.reject(reply.type === 'refused' ? new Refused() : new WorkerError(reply.reason));
      },
      end: (reason) => {
        this.lost ??= new WorkerError(reason);
        for (const [id, job] of this.#waiting) {
          this.#done(id);
          job.reject(this.lost);
        }
      },
    });
    this.#handle.send({ type: 'tokenizer', files });
  }

  run(texts: readonly string[], options: object): Promise<Encoded> {
    if (this.lost !== undefined) return Promise.reject(this.lost);
    const id = this.#jobs++;
    const reply = new Promise<Encoded>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#handle.hold(true);
    try {
      this.#handle.send({ type: 'job', id, texts, options });
    } catch (error) {
      this.#waiting.get(id)!.reject(error); // an option that cannot be sent
      this.#done(id);
    }
    return reply;
  }

  stop(): void {
    this.#handle.stop();
  }

  #done(id: number): void {
    this.#waiting.delete(id);
    this.#handle.hold(this.#waiting.size > 0);
  }
}

/** Neighbouring texts together, so that each job is of about one size. */
function cut(texts: readonly string[]): string[][] {
  const jobs: string[][] = [];
  let units = JOB;
  for (const text of texts) {
    if (units >= JOB) {
      jobs.push([]);
      units = 0;
    }
    jobs[jobs.length - 1].push(text);
    units += text.length;
  }
  return jobs;
}

function split({ ids, counts }: Encoded): Int32Array[] {
  let at = 0;
  return Array.from(counts, (count) => ids.slice(at, (at += count)));
}
