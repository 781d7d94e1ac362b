/** The compiled kernels, instantiated on tfjs's memory. Every argument is a number; every address is in bytes. */
import { kernelNames, kernelsSharedWasm, kernelsWasm } from './generated/kernels-wasm.js';

/** The functions that `assembly/` exports, by name. */
export type KernelFunctions = Record<string, (...args: number[]) => number>;

/** The module for an ordinary or a shared memory. */
export async function compileKernels(shared: boolean): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(shared ? kernelsSharedWasm : kernelsWasm), (char) => char.charCodeAt(0));
  return await WebAssembly.compile(bytes);
}

/** Puts the kernels on a memory. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelFunctions> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory, log: Math.log } });
  return exports as KernelFunctions;
}

/** The place of a function in the list that all threads share. */
export function kernelIndex(name: string): number {
  return kernelNames.indexOf(name);
}

/** The function at a place of that list. */
export function kernelAt(functions: KernelFunctions, index: number): KernelFunctions[string] {
  return functions[kernelNames[index]];
}
