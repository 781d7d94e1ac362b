/** A worker of {@link ExtractPool}: one page in, its text or a reason out. */
import { parentPort } from 'node:worker_threads';
import { extractText } from './extract-text.js';
import { type ExtractJob, READY } from './messages.js';

parentPort?.on('message', ({ html, limits }: ExtractJob) => {
  parentPort?.postMessage(extractText(html, limits));
});
parentPort?.postMessage(READY);
