/** AdamW over all parameters of a model, with the gradient's global norm clipped first. */
import { adamW, dispose, globalNorm, type Parameter, parameter, type Tensor } from '@gpt-ts/kernels';
import type { Recipe } from './recipe.js';

/** The two running means of one parameter. */
export interface Moments {
  m: Parameter;
  v: Parameter;
}

/** Settings of {@link Optimizer}. */
export type OptimizerSettings = Pick<Recipe, 'beta1' | 'beta2' | 'eps' | 'weightDecay' | 'clipNorm'>;

/** AdamW (Loshchilov & Hutter 2019) with clipping. Dispose it to free its moments. */
export class Optimizer implements Disposable {
  /** By parameter name. */
  readonly moments: ReadonlyMap<string, Moments>;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #settings: OptimizerSettings;

  /** @param values - Moments to continue from, by name; zeros when left out. */
  constructor(
    parameters: ReadonlyMap<string, Parameter>,
    settings: OptimizerSettings,
    values?: ReadonlyMap<string, { m: Float32Array; v: Float32Array }>,
  ) {
    this.#parameters = parameters;
    this.#settings = settings;
    this.moments = new Map(
      [...parameters].map(([name, { shape, size }]) => {
        const { m, v } = values?.get(name) ?? { m: new Float32Array(size), v: new Float32Array(size) };
        return [name, { m: parameter(m, shape), v: parameter(v, shape) }];
      }),
    );
  }

  /**
   * One update. When the gradient's norm is not finite, nothing is changed.
   *
   * @param grads - In the order of the parameters; stay the caller's.
   * @param step - 1 for the first update.
   * @returns The global norm of the gradient before clipping.
   */
  async update(grads: readonly Tensor[], step: number, learningRate: number): Promise<number> {
    const { clipNorm, weightDecay, ...betas } = this.#settings;
    const norm = await globalNorm(grads);
    if (!Number.isFinite(norm)) return norm;
    const gradScale = Math.min(1, clipNorm / (norm + 1e-6)); // PyTorch's clip_grad_norm_
    let i = 0;
    for (const [name, param] of this.#parameters) {
      const { m, v } = this.moments.get(name)!;
      const decay = param.rank >= 2 ? weightDecay : 0; // not gains and biases
      adamW(param, grads[i++], m, v, { ...betas, weightDecay: decay, learningRate, step, gradScale });
    }
    return norm;
  }

  [Symbol.dispose](): void {
    for (const { m, v } of this.moments.values()) dispose([m, v]);
  }
}
