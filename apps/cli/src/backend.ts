/** The backend as every command starts it. */
import { type SimdVariant, useWasmBackend, type WasmBackendInfo } from '@gpt-ts/backend-wasm';
import { type Command, Option } from 'commander';
import { count } from './options.js';

/** The builds of the kernels, fastest first. */
export const SIMD_VARIANTS: readonly SimdVariant[] = ['relaxed', 'plain'];

/** Values of {@link addBackendOptions}. */
export interface BackendFlags {
  threads?: number;
  simd?: SimdVariant;
}

/** `--threads` and `--simd` */
export function addBackendOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--threads <n>', 'threads to compute on (default: the cores of this machine)').argParser(
        count(1),
      ),
    )
    .addOption(
      new Option('--simd <kind>', 'build of the kernels (default: relaxed where it runs)').choices(
        SIMD_VARIANTS,
      ),
    );
}

/** Starts the backend with the flags of a command. */
export async function startBackend({ threads, simd }: BackendFlags): Promise<WasmBackendInfo> {
  return await useWasmBackend({ threads, simd });
}
