import type { Platform } from '../platform.js';

/** Browsers compute on one thread for now. */
export const platform: Platform = {
  defaultThreads: 1,
  maxThreads: 1,
  sharedTfjs: undefined,
  startWorker: () => Promise.reject(new Error('no workers in browsers')),
};
