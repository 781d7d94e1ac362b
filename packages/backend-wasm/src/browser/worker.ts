/** A thread of the pool, in a browser. */
import { workLoop } from '../work-loop.js';

addEventListener(
  'message',
  ({ data }) => {
    workLoop(data, () => postMessage('ready')).catch(reportError); // a rejection alone would not reach the page
  },
  { once: true },
);
