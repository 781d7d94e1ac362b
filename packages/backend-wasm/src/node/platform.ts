import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import type { Platform } from '../platform.js';
import { startWorker } from './start-worker.js';

/** Threads by `worker_threads`. */
export const platform: Platform = {
  cores: availableParallelism(),
  coresAre: 'this process may use',
  alone: undefined,
  tfjs: {
    ordinary: fileURLToPath(new URL('../tfjs-backend-wasm-simd.wasm', import.meta.url)),
    shared: fileURLToPath(new URL('../tfjs-backend-wasm-simd-shared.wasm', import.meta.url)),
  },

  enableRelaxedSimd() {
    const [major] = process.versions.node.split('.');
    if (Number(major) < 22) setFlagsFromString('--experimental-wasm-relaxed-simd'); // on by default from Node 22
  },

  startWorker: (setup, onLost) => startWorker(new URL('./worker.js', import.meta.url), setup, onLost),
};
