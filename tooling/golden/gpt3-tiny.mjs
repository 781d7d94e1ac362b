/**
 * Checks a GPT-3, whose blocks see everything and a band of 8 in turn, against PyTorch's values in `gpt3-tiny/`.
 *
 *     node tooling/golden/gpt3-tiny.mjs wasm        (or: reference)
 */
import { GPT, gptConfigFromJson } from '@gpt-ts/model';
import { Comparison, golden, startBackend } from './golden.mjs';
import { checkPreNorm } from './pre-norm.mjs';

await startBackend();
const files = golden('gpt3-tiny');
const { window, attention_pattern: kinds, ...json } = files.json('config.json');
const attention = kinds.map((kind) => (kind === 'banded' ? { kind, window } : { kind }));
const weights = new Map([...files.tensors('weights.safetensors')].map(([name, { data }]) => [name, data]));
const model = GPT.fromValues({ ...gptConfigFromJson(json, 'config.json'), attention }, weights);

const comparison = new Comparison();
await checkPreNorm(comparison, files, model);
comparison.report();
