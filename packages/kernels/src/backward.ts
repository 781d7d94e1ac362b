/** The backward pass: walks a tape from its end and moves gradients from outputs to inputs. */
import { engine, ones, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { run } from './run.js';
import { freeTape, type Tape, type TapeEntry } from './tape.js';

/** Gradients of `value` with respect to each parameter, undefined where it does not depend on one. */
export function backward(tape: Tape, value: Tensor, parameters: readonly Tensor[]): (Tensor | undefined)[] {
  const reached = new Map<number, Tensor>();
  try {
    reached.set(value.id, ones(value.shape));
    for (let entry = tape.entries.pop(); entry !== undefined; entry = tape.entries.pop()) {
      const { outputs, saved } = entry;
      try {
        if (outputs.some(({ id }) => reached.has(id))) step(entry, reached, tape.tracked);
      } finally {
        for (const each of saved) each.dispose();
      }
      for (const { id } of outputs) {
        reached.get(id)?.dispose();
        reached.delete(id);
      }
    }
  } finally {
    freeTape(tape);
  }
  return parameters.map(({ id }) => reached.get(id));
}

/** Moves the gradients of one kernel's outputs to its inputs. */
function step(
  { gradient, inputs, outputs, saved, attrs }: TapeEntry,
  reached: Map<number, Tensor>,
  tracked: ReadonlySet<number>,
): void {
  const names = Object.keys(inputs).filter((name) => tracked.has(inputs[name].id));
  const inPlace = names.find((name) => {
    const sum = reached.get(inputs[name].id);
    return gradient.accumulates === name && sum !== undefined && isUnshared(sum);
  });
  const found = tidy(() => {
    const dys = outputs.map(({ id }) => reached.get(id));
    dys[0] ??= zeros(outputs[0].shape);
    const thunks = gradient.gradients(dys as [Tensor], saved, attrs) as Record<
      string,
      ((sum?: Tensor) => Tensor) | undefined
    >;
    return names.map((name) => {
      return thunks[name]?.(name === inPlace ? reached.get(inputs[name].id) : undefined);
    }) as Tensor[];
  });
  for (const [i, name] of names.entries()) {
    const { id } = inputs[name];
    const sum = reached.get(id);
    if (found[i] === undefined) continue;
    if (sum === undefined || name === inPlace) reached.set(id, found[i]);
    else {
      reached.set(id, run('GptAdd', { a: sum, b: found[i] }, {})[0]);
      found[i].dispose();
    }
    sum?.dispose();
  }
}

/** Does no other tensor have the same data? Clones share theirs: a sum that two tensors go into has one gradient. */
function isUnshared({ dataId }: Tensor): boolean {
  return engine().backend.refCount(dataId) === 1;
}
