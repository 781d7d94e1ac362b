/** The builds of the kernels, as `scripts/build-wasm.mjs` leaves them; only the one that runs is loaded. */
import type { SimdVariant } from './simd.js';

type Build = () => Promise<{ base64: string }>;

const builds: Record<SimdVariant, { ordinary: Build; shared: Build }> = {
  plain: {
    ordinary: () => import('./generated/plain.js'),
    shared: () => import('./generated/plain-shared.js'),
  },
  relaxed: {
    ordinary: () => import('./generated/relaxed.js'),
    shared: () => import('./generated/relaxed-shared.js'),
  },
};

/** Compiles a build, for an ordinary or a shared memory. */
export async function compileKernels(
  simd: SimdVariant,
  memory: 'ordinary' | 'shared',
): Promise<WebAssembly.Module> {
  const { base64 } = await builds[simd][memory]();
  return await WebAssembly.compile(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
}
