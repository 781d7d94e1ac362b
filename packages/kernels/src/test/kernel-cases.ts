import { attentionCases } from './attention-cases.js';
import type { ConformanceCase } from './kernel-case.js';
import { languageModelLossCases } from './language-model-loss-cases.js';
import { parameterCases } from './parameter-cases.js';
import { productCases } from './product-cases.js';
import { rowCases } from './row-cases.js';

/** Every kernel of the current backend against the reference, over many shapes and options. */
export function kernelCases(): ConformanceCase[] {
  return [
    ...parameterCases(),
    ...productCases(),
    ...rowCases(),
    ...attentionCases(),
    ...languageModelLossCases(),
  ];
}
