/** Adam over all parameters of a model, as the papers use it, with the gradient's global norm clipped first. */
import {
  adamGpt1,
  adamW,
  dispose,
  globalNorm,
  type Parameter,
  parameter,
  type Tensor,
} from '@gpt-ts/kernels';
import type { TrainSettings } from './settings.js';

/** The two running means of one parameter. */
export interface Moments {
  m: Parameter;
  v: Parameter;
}

/** Settings of {@link Optimizer}. */
export type OptimizerSettings = Pick<
  TrainSettings,
  'optimizer' | 'beta1' | 'beta2' | 'eps' | 'weightDecay' | 'clipNorm'
>;

/** AdamW or GPT-1's Adam, with clipping. Dispose it to free its moments. */
export class Optimizer implements Disposable {
  /** By parameter name; zeros at first. */
  readonly moments: ReadonlyMap<string, Moments>;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #settings: OptimizerSettings;

  constructor(parameters: ReadonlyMap<string, Parameter>, settings: OptimizerSettings) {
    this.#parameters = parameters;
    this.#settings = settings;
    const zeros = ({ shape, size }: Parameter) => parameter(new Float32Array(size), shape);
    this.moments = new Map([...parameters].map(([name, each]) => [name, { m: zeros(each), v: zeros(each) }]));
  }

  /**
   * One update. When the gradient's norm is not finite, nothing is changed.
   *
   * @param grads - In the order of the parameters; stay the caller's.
   * @param step - 1 for the first update.
   * @returns The global norm of the gradient before clipping.
   */
  async update(grads: readonly Tensor[], step: number, learningRate: number): Promise<number> {
    const { optimizer, clipNorm, weightDecay, beta1, beta2, eps } = this.#settings;
    const norm = await globalNorm(grads);
    if (!Number.isFinite(norm)) return norm;
    const adam = optimizer === 'adam-gpt1' ? adamGpt1 : adamW;
    const gradScale = clip(norm, clipNorm, optimizer);
    let i = 0;
    for (const [name, each] of this.#parameters) {
      const { m, v } = this.moments.get(name)!;
      const decay = each.rank >= 2 ? weightDecay : 0; // not gains and biases
      adam(each, grads[i++], m, v, { beta1, beta2, eps, weightDecay: decay, learningRate, step, gradScale });
    }
    return norm;
  }

  [Symbol.dispose](): void {
    for (const { m, v } of this.moments.values()) dispose([m, v]);
  }
}

/** What gradients are multiplied with so that their global norm is at most `limit`. */
function clip(norm: number, limit: number, optimizer: OptimizerSettings['optimizer']): number {
  if (limit === 0) return 1;
  if (optimizer === 'adam-gpt1') return limit / Math.max(norm, limit); // TensorFlow's clip_by_global_norm
  return Math.min(1, limit / (norm + 1e-6)); // PyTorch's clip_grad_norm_
}
