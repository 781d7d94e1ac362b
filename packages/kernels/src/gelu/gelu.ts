import { run } from '../run.js';
import type { Tensor } from '../tensor.js';

/** Which GELU: with the tanh that stands for `Φ` in OpenAI's models, or exact, as in nanoGPT. */
export type GeluForm = 'tanh' | 'exact';

/**
 * Gaussian error linear unit, element by element.
 *
 * `tanh`: `0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))`, what every OpenAI checkpoint was trained with.
 * `exact`: `x Φ(x) = 0.5 x (1 + erf(x / sqrt(2)))`, what PyTorch and Hugging Face call `gelu`. They differ by up to 5e-4.
 *
 * @param form - Default `tanh`.
 * @see Hendrycks & Gimpel 2016, section 2; `gelu` in openai/gpt-2 `src/model.py`; `nn.GELU` in nanoGPT.
 */
export function gelu(x: Tensor, form: GeluForm = 'tanh'): Tensor {
  return run('GptGelu', { x }, { form })[0];
}
