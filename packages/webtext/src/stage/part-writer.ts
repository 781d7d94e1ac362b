/** Writes the outcomes of a job: what is kept into parts, what is dropped into a file beside them. */
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from './manifest.js';
import type { Counts, Outcome } from './stage.js';

const PART_RECORDS = 10_000;
const PART_BYTES = 256 * 2 ** 20;
const BUFFER_BYTES = 1 << 20;

/** The files of one job. They count only when the job's record is written, so none needs a temporary name. */
export class PartWriter {
  readonly counts: Counts = { in: 0, out: 0, dropped: {} };
  readonly parts: Part[] = [];
  readonly #folder: string;
  readonly #name: string;
  readonly #partRecords: number;
  readonly #dropped: LineFile;
  #part: LineFile | undefined;

  /** @param name - The job's, as `00000`. */
  constructor(folder: string, name: string, partRecords: number = PART_RECORDS) {
    this.#folder = folder;
    this.#name = name;
    this.#partRecords = partRecords;
    this.#dropped = new LineFile(folder, `dropped-${name}.jsonl`);
  }

  async write(outcome: Outcome): Promise<void> {
    this.counts.in++;
    if ('keep' in outcome) {
      this.counts.out++;
      this.#part ??= new LineFile(this.#folder, `part-${this.#name}-${pad(this.parts.length, 3)}.jsonl`);
      await this.#part.write(outcome.keep);
      if (this.#part.facts.records >= this.#partRecords || this.#part.facts.bytes >= PART_BYTES)
        await this.#endPart();
    } else {
      const { drop, reason } = outcome;
      this.counts.dropped[reason] = (this.counts.dropped[reason] ?? 0) + 1;
      await this.#dropped.write({ ...drop, reason });
    }
  }

  /** Everything on disk. @returns the facts of the file of dropped records. */
  async end(): Promise<Part> {
    await this.#endPart();
    return await this.#dropped.end();
  }

  /** Closes the files of a job that failed. */
  async abandon(): Promise<void> {
    await this.#part?.close();
    await this.#dropped.close();
  }

  async #endPart(): Promise<void> {
    if (this.#part === undefined) return;
    this.parts.push(await this.#part.end());
    this.#part = undefined;
  }
}

/** Zeros in front, so that names sort as their numbers do. */
export function pad(n: number, digits = 5): string {
  return `${n}`.padStart(digits, '0');
}

/** A file of JSON lines, hashed as it grows. */
class LineFile {
  readonly facts: Part;
  readonly #path: string;
  readonly #hash: Hash = createHash('sha256');
  #handle: FileHandle | undefined;
  #lines: string[] = [];
  #waiting = 0;

  constructor(folder: string, name: string) {
    this.#path = join(folder, name);
    this.facts = { name, bytes: 0, sha256: '', records: 0 };
  }

  async write(record: object): Promise<void> {
    const line = `${JSON.stringify(record)}\n`;
    const bytes = Buffer.byteLength(line);
    this.#lines.push(line);
    this.#waiting += bytes;
    this.facts.bytes += bytes;
    this.facts.records++;
    if (this.#waiting >= BUFFER_BYTES) await this.#flush();
  }

  async end(): Promise<Part> {
    await this.#flush();
    await this.#handle?.sync();
    await this.close();
    this.facts.sha256 = this.#hash.digest('hex');
    return this.facts;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #flush(): Promise<void> {
    this.#handle ??= await open(this.#path, 'w');
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#waiting = 0;
    this.#hash.update(bytes);
    await this.#handle.writeFile(bytes);
  }
}
