/** The compiled kernels, instantiated on tfjs's memory. Every argument is a number; every address is in bytes. */
import { kernelsWasm } from './generated/kernels-wasm.js';

/** The functions that `assembly/` exports. */
export interface KernelModule {
  gemm(...args: number[]): void;
  gemmScratchBytes(): number;
  columnSum(rows: number, n: number, x: number, out: number): void;
  layerNorm(...args: number[]): void;
  layerNormGrad(...args: number[]): void;
  gelu(n: number, x: number, y: number): void;
  geluGrad(n: number, dy: number, x: number, dx: number): void;
  add(n: number, a: number, b: number, y: number): void;
  sumOfSquares(n: number, x: number, out: number): void;
  adamW(...args: number[]): void;
  embedding(count: number, c: number, rows: number, ids: number, table: number, y: number): number;
  embeddingGrad(count: number, c: number, rows: number, ids: number, dy: number, dTable: number): void;
  attention(...args: number[]): void;
  attentionGrad(...args: number[]): void;
  attentionScratchBytes(t: number): number;
  crossEntropy(
    rows: number,
    v: number,
    logits: number,
    targets: number,
    loss: number,
    nll: number,
    lses: number,
  ): number;
  crossEntropyGrad(...args: number[]): void;
}

/** Instantiates the kernels on a memory they share with tfjs. */
export async function instantiateKernels(memory: WebAssembly.Memory): Promise<KernelModule> {
  const bytes = Uint8Array.from(atob(kernelsWasm), (char) => char.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, log: Math.log } });
  return instance.exports as unknown as KernelModule;
}
