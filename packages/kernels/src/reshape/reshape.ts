import { reshape as tfjsReshape } from '@tensorflow/tfjs-core';
import type { AnyGradient } from '../gradient.js';
import { record } from '../tape.js';
import type { Tensor } from '../tensor.js';

/**
 * The same elements in another shape; no copy.
 *
 * @throws An error of tfjs when the number of elements differs.
 */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  const y = tfjsReshape(x, [...shape]);
  record('Reshape', { x }, [y], {});
  return y;
}

/** The gradient in the old shape. */
export const reshapeGrad: AnyGradient = {
  kernelName: 'Reshape',
  inputsToSave: ['x'],
  gradients: ([dy], [x]) => ({ x: () => tfjsReshape(dy, x.shape) }),
};
