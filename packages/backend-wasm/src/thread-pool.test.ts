import { setTimeout } from 'node:timers/promises';
import asc from 'assemblyscript/asc';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { KernelFunctions } from './kernel-module.js';
import { startWorker } from './node/start-worker.js';
import type { WorkerHandle } from './platform.js';
import { threadPool } from './thread-pool.js';
import type { Workforce } from './workforce.js';

const KERNELS = `
@external("env", "meddle") declare function meddle(): void;
export function nothing(): void {}
export function put(at: i32, value: f64): void { store<f64>(at, value); }
export function add(at: i32, value: f64): void { store<f64>(at, load<f64>(at) + value); }
export function trap(): void { unreachable(); }
export function callOut(): void { meddle(); }
export function runForever(at: i32, really: i32): void { while (really) store<i32>(at, load<i32>(at) + 1); }
`;

const worker = new URL('../dist/node/worker.js', import.meta.url);
/** A worker that does something of its own: at its start, and when a kernel calls out of the module. */
const meddling = (start = '', calledOut = '') => {
  const program = `${start};
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = (module, { env }) =>
      instantiate(module, { env: { ...env, meddle() { ${calledOut} } } });
    await import('${worker}')`;
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
};

const ANSWERS = 8192; // addresses from here on are the kernels' to write to
let module: WebAssembly.Module;
let memory: WebAssembly.Memory;
let handles: WorkerHandle[];
let pool: Workforce | undefined;

async function start(threads: number, file = meddling()): Promise<Workforce> {
  memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  handles = [];
  const { exports } = await WebAssembly.instantiate(module, { env: { memory, meddle() {} } });
  const functions = exports as KernelFunctions;
  return (pool = await threadPool({
    ...{ threads, module, memory, functions, allocate: () => 1000 },
    platform: {
      async startWorker(setup, onLost) {
        const handle = await startWorker(file, setup, onLost);
        handles.push(handle);
        return handle;
      },
    },
  }));
}

const answers = (count: number) => [...new Float64Array(memory.buffer, ANSWERS, count)];

/** The error of a job, and that it came promptly. */
function errorOf(run: () => void): unknown {
  const began = performance.now();
  try {
    run();
  } catch (error) {
    expect(performance.now() - began).toBeLessThan(5000); // seen: 0.1 to 0.3 s
    return error;
  }
}

const lost = (reason: string) =>
  expect.objectContaining({
    name: 'WorkerLostError',
    code: 'worker-lost',
    message: expect.stringContaining(`a compute thread is gone: ${reason}. Start the program again`),
  });

beforeAll(async () => {
  const options = ['--runtime=stub', '--importMemory', '--sharedMemory', '--maximumMemory=65536'];
  const flags = [...options, '--enable=threads', '--initialMemory=1', '--use=abort=', '--outFile=out.wasm'];
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(['in.ts', ...flags], {
    readFile: (name) => (name === 'in.ts' ? KERNELS : null),
    writeFile(_, contents) {
      if (typeof contents !== 'string') bytes = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  expect(error, stderr.toString()).toBeNull();
  module = await WebAssembly.compile(bytes!);
});

afterEach(() => pool?.[Symbol.dispose]());

describe('a job', () => {
  test('is done when run returns, each part once, by as many threads as it has parts', async () => {
    const { run } = await start(4);
    for (let job = 0; job < 2000; job++) {
      const parts = 1 + (job % 4);
      run(
        'add',
        Array.from({ length: parts }, (_, i) => [ANSWERS + 8 * i, 1]),
      );
      if (job % 500 === 0) await setTimeout(5); // the workers fall asleep
    }
    expect(answers(4)).toEqual([2000, 1500, 1000, 500]);
  });

  test('takes any number as an argument', async () => {
    const { run } = await start(2);
    run('nothing', [[], []]);
    run('put', [
      [ANSWERS, Number.NaN],
      [ANSWERS + 8, -1e300],
    ]);
    expect(answers(2)).toEqual([Number.NaN, -1e300]);
  });

  test('that traps on the calling thread leaves the pool whole', async () => {
    const { run } = await start(2);
    const trap = () => run('trap', [[]]);
    expect(trap).toThrow(WebAssembly.RuntimeError);
    run('put', [
      [ANSWERS, 1],
      [ANSWERS + 8, 2],
    ]);
    expect(answers(2)).toEqual([1, 2]);
  });
});

describe('a lost worker ends the pool, promptly and with the reason', () => {
  test('when a kernel traps on it', async () => {
    const { run } = await start(3, meddling('', 'throw new Error("no")'));
    const job = () => run('callOut', [[], [], []]);
    expect(errorOf(job)).toEqual(lost('callOut trapped'));
    expect(errorOf(job)).toEqual(lost('callOut trapped'));
  });

  test('when it leaves in the middle of a job', async () => {
    const { run } = await start(3, meddling('', 'process.exit(7)'));
    expect(errorOf(() => run('callOut', [[], [], []]))).toEqual(lost('it ended in the middle of its work'));
  });

  test('when it is terminated and given a job', async () => {
    const { run } = await start(3);
    handles[1].stop(); // asks for it: when the job comes, the thread is still there
    expect(
      errorOf(() =>
        run('runForever', [
          [ANSWERS, 0],
          [ANSWERS, 0],
          [ANSWERS, 1],
        ]),
      ),
    ).toEqual(lost('it ended in the middle of its work'));
  });

  test('when it has ended between two jobs', async () => {
    const { run } = await start(2);
    handles[0].stop();
    await setTimeout(100);
    expect(errorOf(() => run('nothing', [[], []]))).toEqual(lost('its thread ended with code 1'));
  });

  test('when it cannot start', async () => {
    await expect(start(3, meddling('throw new Error("no start")'))).rejects.toThrow(
      'a compute thread is gone: no start.',
    );
  });
});

test('disposing the pool ends its threads', async () => {
  const { run, [Symbol.dispose]: dispose } = await start(3);
  expect(handles.map((each) => each.isAlive())).toEqual([true, true]);
  dispose();
  await expect.poll(() => handles.some((each) => each.isAlive())).toBe(false);
  expect(errorOf(() => run('nothing', [[], []]))).toEqual(lost('the backend was disposed'));
});
