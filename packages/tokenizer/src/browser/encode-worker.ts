/** A worker of `encodeBatch`, in a browser. */
import { serve } from '../batch/serve.js';

const handle = serve((reply, transfer) => postMessage(reply, { transfer }));
addEventListener('message', ({ data }) => handle(data));
