/**
 * The conformance suite that every backend passes. Import from `@gpt-ts/kernels/test`.
 *
 * It needs no test framework: set the backend, then run each case's `check`.
 */
export { assertClose, MismatchError, type Tolerance } from './test/close.js';
export { type GoldenFiles, goldenCases } from './test/golden-cases.js';
export { gradientCases } from './test/gradient-cases.js';
export { type ConformanceCase, kernelCases } from './test/kernel-cases.js';
