import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { dropoutKeeps } from './dropout-keeps.js';

/** What stays is scaled up. */
export const dropoutReference: Kernel<'GptDropout', PlainTensor> = ({ x }, attrs) => {
  const keeps = dropoutKeeps(x.data.length, attrs);
  return [
    { shape: x.shape, data: Float32Array.from(x.data, (value, i) => (keeps[i] ? value * attrs.scale : 0)) },
  ];
};
