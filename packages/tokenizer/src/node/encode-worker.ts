/** A worker of `encodeBatch`, in Node. */
import { parentPort } from 'node:worker_threads';
import { serve } from '../batch/serve.js';

const handle = serve((reply, transfer) => parentPort?.postMessage(reply, transfer));
parentPort?.on('message', handle);
