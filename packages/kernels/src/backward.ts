/** The backward pass: walks a tape from its end and moves gradients from outputs to inputs. */
import { engine, ones, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { run } from './run.js';
import { type FunctionRun, freeTape, type KernelRun, type Tape, taped } from './tape.js';

/**
 * Gradients of `value` with respect to each parameter, undefined where it does not depend on one.
 *
 * @param sums - One tensor a parameter, to which its gradient is added. Used up.
 */
export function backward(
  tape: Tape,
  value: Tensor,
  parameters: readonly Tensor[],
  sums: readonly Tensor[] = [],
): (Tensor | undefined)[] {
  const reached = new Map(sums.map((sum, i) => [parameters[i].id, sum]));
  try {
    addTo(reached, value.id, ones(value.shape));
    walk(tape, reached);
  } finally {
    freeTape(tape);
  }
  return parameters.map(({ id }) => reached.get(id));
}

/** Empties the tape from its end. */
function walk({ entries, tracked }: Tape, reached: Map<number, Tensor>): void {
  for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
    const { outputs, saved } = entry;
    try {
      if (outputs.some(({ id }) => reached.has(id))) {
        if ('again' in entry) stepAgain(entry, reached, tracked);
        else step(entry, reached, tracked);
      }
    } finally {
      for (const each of saved) each.dispose();
    }
    for (const { id } of outputs) drop(reached, id);
  }
}

/** Runs a function again, on a tape of its own, and walks that: every sum goes on in the order of a single tape. */
function stepAgain(
  { again, x, outputs: [y], saved: [kept] }: FunctionRun,
  reached: Map<number, Tensor>,
  tracked: ReadonlySet<number>,
): void {
  const { id, tape } = rerun(() => again(kept), tracked.has(x.id) ? [...tracked, kept.id] : tracked);
  try {
    move(reached, y.id, id);
    move(reached, x.id, kept.id);
    walk(tape, reached);
    move(reached, kept.id, x.id);
    drop(reached, id);
  } finally {
    freeTape(tape);
  }
}

/** The tape of `f`, and the id that its value had. */
function rerun(f: () => Tensor, tracked: Iterable<number>): { id: number; tape: Tape } {
  let found: { id: number; tape: Tape } | undefined;
  tidy(() => {
    const { value, tape } = taped(f, tracked);
    found = { id: value.id, tape };
  });
  return found!;
}

function move(reached: Map<number, Tensor>, from: number, to: number): void {
  const sum = reached.get(from);
  if (sum === undefined) return;
  reached.delete(from);
  reached.set(to, sum);
}

function drop(reached: Map<number, Tensor>, id: number): void {
  reached.get(id)?.dispose();
  reached.delete(id);
}

/** Moves the gradients of one kernel's outputs to its inputs. */
function step(
  { gradient, inputs, outputs, saved, attrs }: KernelRun,
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
    if (found[i] === undefined) continue;
    if (name === inPlace) drop(reached, id);
    addTo(reached, id, found[i]);
  }
}

/** Adds a gradient to those that have reached a tensor. */
function addTo(reached: Map<number, Tensor>, id: number, gradient: Tensor): void {
  const sum = reached.get(id);
  if (sum === undefined) {
    reached.set(id, gradient);
    return;
  }
  reached.set(id, run('GptAdd', { a: sum, b: gradient }, {})[0]);
  gradient.dispose();
  sum.dispose();
}

/** Does no other tensor have the same data? Clones share theirs: a sum that two tensors go into has one gradient. */
function isUnshared({ dataId }: Tensor): boolean {
  return engine().backend.refCount(dataId) === 1;
}
