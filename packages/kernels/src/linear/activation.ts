import { InvalidArgumentError } from '@gpt-ts/core';
import type { GeluForm } from '../gelu/gelu.js';

/** What a layer does to its result: nothing, the GELU of OpenAI's models, or the exact one. */
export type Activation = 'none' | 'gelu' | 'gelu-exact';

const FORMS: Record<Activation, GeluForm | undefined> = {
  none: undefined,
  gelu: 'tanh',
  'gelu-exact': 'exact',
};

/** The form of an activation's GELU; undefined when there is none. */
export function geluFormOf(activation: Activation): GeluForm | undefined {
  return FORMS[activation];
}

/** Throws for a name that is no {@link Activation}. */
export function checkActivation(activation: Activation): void {
  if (Object.hasOwn(FORMS, activation)) return;
  throw new InvalidArgumentError({
    argument: 'activation',
    expected: "'none', 'gelu' or 'gelu-exact'",
    received: activation,
  });
}
