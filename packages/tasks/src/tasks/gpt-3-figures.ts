import type { Published } from '../evaluation/task.js';

const SIZES = ['Small', 'Medium', 'Large', 'XL', '2.7B', '6.7B', '13B', '175B'];

/** A row of GPT-3's Table H.1: the eight sizes in their order. */
export function gpt3Figures(setting: string, metric: string, values: readonly number[]): Published {
  return {
    source: 'GPT-3 Table H.1',
    setting,
    metric,
    values: Object.fromEntries(SIZES.map((size, i) => [size, values[i]])),
  };
}
