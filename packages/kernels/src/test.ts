/**
 * The conformance suite that every backend passes. Import from `@gpt-ts/kernels/test`.
 *
 * It needs no test framework: set the backend, then run each case's `check`.
 */
export { assertClose, MismatchError, type Tolerance } from './test/close.js';
export { definitionCases } from './test/definition-cases.js';
export { goldenCases } from './test/golden-cases.js';
export { type GoldenFiles, readGoldenFiles } from './test/golden-files.js';
export { gradientCases } from './test/gradient-cases.js';
export type { ConformanceCase } from './test/kernel-case.js';
export { kernelCases } from './test/kernel-cases.js';
export { refusalCases } from './test/refusal-cases.js';
