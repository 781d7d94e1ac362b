import { GptError } from '@gpt-ts/core';

/** The current backend has no kernel for an op. */
export class MissingKernelError extends GptError {
  readonly kernel: string;
  readonly backend: string | undefined;

  constructor(facts: { kernel: string; backend: string | undefined }) {
    super('missing-kernel', {
      message:
        facts.backend === undefined
          ? `${facts.kernel}: no backend is set.`
          : `${facts.kernel}: backend '${facts.backend}' does not have this kernel.`,
      hint: 'Call useWasmBackend() of @gpt-ts/backend-wasm, or useReferenceBackend() of @gpt-ts/kernels/reference.',
    });
    this.kernel = facts.kernel;
    this.backend = facts.backend;
  }
}
