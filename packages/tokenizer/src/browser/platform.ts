import type { Platform } from '../batch/platform.js';

/** Workers by Web Workers. */
export const platform: Platform = {
  cores: navigator.hardwareConcurrency || 1, // not every browser tells

  startWorker({ reply, end }) {
    // Bundlers know this form: they bundle the file and write its new address here. The file imports parts later, so
    // Vite needs worker.format 'es'.
    const worker = new Worker(new URL('./encode-worker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }) => reply(data));
    worker.addEventListener('error', ({ message }) => end(message || 'its script did not load'));
    return { send: (request) => worker.postMessage(request), hold() {}, stop: () => worker.terminate() };
  },
};
