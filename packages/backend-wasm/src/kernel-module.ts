/** The compiled kernels, instantiated on tfjs's memory. Every argument is a number; every address is in bytes. */

/** The functions that `assembly/` exports, by name. */
export type KernelFunctions = Record<string, (...args: number[]) => number>;

/** Puts the kernels on a memory. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelFunctions> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as KernelFunctions;
}

/** The names of a module's functions. All threads get the same module, so a place in this list names one everywhere. */
export function kernelNames(module: WebAssembly.Module): string[] {
  return WebAssembly.Module.exports(module)
    .filter(({ kind }) => kind === 'function')
    .map(({ name }) => name);
}
