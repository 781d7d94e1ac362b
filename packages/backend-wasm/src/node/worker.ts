/** A thread of the pool, in Node. */
import { parentPort, workerData } from 'node:worker_threads';
import { workLoop } from '../work-loop.js';

await workLoop(workerData, () => parentPort?.postMessage('ready'));
