/** A running average of the weights: smoother than the weights themselves, and often better. */
import { blend, dispose, type Parameter, parameter } from '@gpt-ts/kernels';

/** The average of a run's weights, updated in place. Dispose it to free it. */
export class WeightAverage implements Disposable {
  /** By parameter name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly #decay: number;

  /** @param parameters - The average so far; belongs to this from here on. */
  constructor(parameters: ReadonlyMap<string, Parameter>, decay: number) {
    this.parameters = parameters;
    this.#decay = decay;
  }

  /** Begins with the weights as they are. */
  static async of(weights: ReadonlyMap<string, Parameter>, decay: number): Promise<WeightAverage> {
    const copies = new Map<string, Parameter>();
    for (const [name, each] of weights) {
      copies.set(name, parameter((await each.data()) as Float32Array, each.shape));
    }
    return new WeightAverage(copies, decay);
  }

  /**
   * Takes the weights after an update in. The first ones count more, so that the initial values are soon forgotten.
   *
   * @param step - Updates finished.
   * @see `tf.train.ExponentialMovingAverage`: the decay is at most (1 + n) / (10 + n).
   */
  update(weights: ReadonlyMap<string, Parameter>, step: number): void {
    const decay = Math.min(this.#decay, (1 + step) / (10 + step));
    for (const [name, average] of this.parameters) blend(average, weights.get(name)!, 1 - decay);
  }

  [Symbol.dispose](): void {
    dispose(this.parameters.values());
  }
}
