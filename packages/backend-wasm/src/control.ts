/**
 * The words through which threads meet, on the shared heap.
 *
 * A job is published to a worker by writing a function's place and its arguments, then a new TICKET. The worker does it and
 * copies the ticket to DONE. Both sides spin for a moment before they sleep, and say so in ASLEEP or WAITING: a side that
 * is awake needs no notification, which would cost more than the whole fork and join.
 *
 * What the worker writes and what the calling thread writes lie on cache lines of their own.
 */
const LINE = 64;

/** Most arguments of a kernel; they travel as doubles. */
export const MAX_ARGUMENTS = 40;

const HEADER = LINE; // WAITING alone
const ARGUMENTS = 2 * LINE; // from the start of a worker's block
const BLOCK = ARGUMENTS + 8 * MAX_ARGUMENTS;

/** Where the calling thread says that it sleeps until a worker is done: an index into {@link Control.words}. */
export const WAITING = 0;

/** A worker's words, as indices into {@link Control.words}, and its arguments. */
export interface Mailbox {
  /** Last ticket done. Written by the worker, as are the next two. */
  readonly done: number;
  /** 1 when a kernel trapped. */
  readonly failed: number;
  /** 1 while the worker sleeps. */
  readonly asleep: number;
  /** Ticket of the job to do. Written by the calling thread, as are the function and the arguments. */
  readonly ticket: number;
  /** Place of the kernel in `kernelNames`. */
  readonly kernel: number;
  readonly args: Float64Array;
}

/** The control block. */
export interface Control {
  readonly words: Int32Array;
  readonly mailboxes: readonly Mailbox[];
}

/** Bytes to allocate for the control block of some workers, wherever the allocation may begin. */
export function controlBytes(workers: number): number {
  return LINE + HEADER + workers * BLOCK;
}

/** The control block within an allocation. */
export function openControl(memory: WebAssembly.Memory, address: number, workers: number): Control {
  const start = Math.ceil(address / LINE) * LINE;
  const words = new Int32Array(memory.buffer, start, (HEADER + workers * BLOCK) / 4);
  const mailboxes = Array.from({ length: workers }, (_, i) => {
    const block = HEADER + i * BLOCK;
    const [own, calling] = [block / 4, (block + LINE) / 4];
    return {
      ...{ done: own, failed: own + 1, asleep: own + 2 },
      ...{ ticket: calling, kernel: calling + 1 },
      args: new Float64Array(memory.buffer, start + block + ARGUMENTS, MAX_ARGUMENTS),
    };
  });
  return { words, mailboxes };
}
