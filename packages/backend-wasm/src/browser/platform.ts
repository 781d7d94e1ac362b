import type { Platform } from '../platform.js';

/** Threads by Web Workers, on a page that may share memory. */
export const platform: Platform = {
  cores: navigator.hardwareConcurrency,
  coresAre: 'the browser reports',
  alone: crossOriginIsolated
    ? undefined
    : {
        because: 'the page is not cross-origin isolated',
        hint:
          'For more threads, serve it with the headers Cross-Origin-Opener-Policy: same-origin and ' +
          'Cross-Origin-Embedder-Policy: require-corp.',
      },
  // Bundlers know the form new URL(literal, import.meta.url): they copy the file and write its new address here.
  tfjs: {
    ordinary: new URL('../tfjs-backend-wasm-simd.wasm', import.meta.url).href,
    shared: new URL('../tfjs-backend-wasm-simd-shared.wasm', import.meta.url).href,
  },

  enableRelaxedSimd() {}, // no page can

  startWorker(setup, onLost) {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.addEventListener('message', () => {
        resolve({ isAlive: () => true, stop: () => worker.terminate() }); // what ends a worker ends its page
      });
      worker.addEventListener('error', ({ message }) => {
        const reason = message || 'its script did not load';
        onLost(reason);
        reject(reason);
      });
      worker.postMessage(setup);
    });
  },
};
