import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** Keeps only the input and recomputes the rest. */
export const geluGrad: Gradient<'GptGelu'> = {
  kernelName: 'GptGelu',
  inputsToSave: ['x'],
  gradients: ([dy], saved, { form }) => {
    const [x] = saved;
    return { x: () => run('GptGeluGrad', { dy, x }, { form })[0] };
  },
};
