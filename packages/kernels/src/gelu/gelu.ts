import { run } from '../run.js';
import type { Tensor } from '../tensor.js';

/**
 * Gaussian error linear unit, in the tanh form that every OpenAI checkpoint was trained with.
 *
 * `0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))`, element by element.
 *
 * @see Hendrycks & Gimpel 2016, section 2; `gelu` in openai/gpt-2 `src/model.py`.
 */
export function gelu(x: Tensor): Tensor {
  return run('GptGelu', { x }, {})[0];
}
