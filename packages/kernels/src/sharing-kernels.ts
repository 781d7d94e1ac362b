/** The two kernels of tfjs that our ops use: tensors that share their data with another. */
import {
  getKernel,
  Identity,
  type KernelBackend,
  type KernelFunc,
  Reshape,
  registerKernel,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';

/** Gives a backend Identity and Reshape if it has none of its own. */
export function registerSharingKernels(backendName: string): void {
  for (const [kernelName, kernelFunc] of Object.entries({ [Identity]: share, [Reshape]: share })) {
    if (getKernel(kernelName, backendName) === undefined)
      registerKernel({ kernelName, backendName, kernelFunc });
  }
}

const share: KernelFunc = ({ inputs, attrs, backend }) => {
  const { dataId, shape, dtype } = inputs.x as TensorInfo;
  (backend as KernelBackend).incRef(dataId);
  const wanted = attrs?.shape as number[] | undefined;
  return {
    dataId,
    shape: wanted ? util.inferFromImplicitShape(wanted, util.sizeFromShape(shape)) : shape,
    dtype,
  };
};
