/**
 * The tape: what was computed from the parameters, in order, so that it can be walked backwards.
 *
 * tfjs has one too, but it keeps every intermediate gradient to the end of the backward pass: a second copy of all
 * activations. This one frees each gradient and each saved tensor as soon as its kernel has been walked past.
 */
import { engine, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { AnyGradient } from './gradient.js';
import { share } from './tensor.js';

/** One kernel run. */
export interface KernelRun {
  gradient: AnyGradient;
  inputs: Record<string, Tensor>;
  outputs: Tensor[];
  saved: Tensor[];
  attrs: object;
}

/** A function of which nothing but its input was kept: it is run again on the way back. */
export interface FunctionRun {
  again(x: Tensor): Tensor;
  x: Tensor;
  outputs: [Tensor];
  saved: [x: Tensor];
}

/** What was run, in order. */
export interface Tape {
  readonly entries: (KernelRun | FunctionRun)[];
  /** Ids of the tensors that depend on the parameters. */
  readonly tracked: Set<number>;
}

/** How each kernel is differentiated; filled by `registerKernels`. */
export const gradientOf: Map<string, AnyGradient> = new Map();

let active: Tape | undefined;

/** Is there a tape on which an op of these tensors would be recorded? Kernels then keep what the way back needs. */
export function recording(...tensors: readonly (Tensor | undefined)[]): boolean {
  if (engine().state.gradientDepth > 0) return true; // tfjs's own tape
  return onTape(tensors);
}

/** Puts one kernel on the tape, when there is one and the kernel depends on the parameters. */
export function record(name: string, inputs: Record<string, Tensor>, outputs: Tensor[], attrs: object): void {
  if (active === undefined) return;
  const gradient = gradientOf.get(name);
  if (gradient === undefined || !onTape(Object.values(inputs))) return;
  const { inputsToSave = [], outputsToSave = [] } = gradient;
  const toSave = [
    ...(inputsToSave as string[]).map((input) => inputs[input]),
    ...outputs.filter((_, i) => outputsToSave[i]),
  ];
  const saved = toSave.map((tensor) => keep(share(tensor)));
  active.entries.push({ gradient, inputs, outputs, saved, attrs });
  for (const { id } of outputs) active.tracked.add(id);
}

/** Puts a whole function on the tape, when there is one. `y` is what it made of `x` while nothing was recorded. */
export function recordFunction(again: (x: Tensor) => Tensor, x: Tensor, y: Tensor): void {
  if (active === undefined) return;
  active.entries.push({ again, x, outputs: [y], saved: [keep(share(x))] });
  active.tracked.add(y.id);
}

function onTape(tensors: readonly (Tensor | undefined)[]): boolean {
  return tensors.some((each) => each !== undefined && active?.tracked.has(each.id));
}

/**
 * Runs `f` with a tape on. Whoever gets the tape walks it or frees it: what it has saved stays until then.
 *
 * @param tracked - Ids of the parameters.
 */
export function taped<T>(f: () => T, tracked: Iterable<number>): { value: T; tape: Tape } {
  const tape: Tape = { entries: [], tracked: new Set(tracked) };
  try {
    return { value: withTape(tape, f), tape };
  } catch (error) {
    freeTape(tape);
    throw error;
  }
}

/** Runs `f` with the tape off. */
export function unrecorded<T>(f: () => T): T {
  return withTape(undefined, f);
}

function withTape<T>(tape: Tape | undefined, f: () => T): T {
  const outer = active;
  active = tape;
  try {
    return f();
  } finally {
    active = outer;
  }
}

/** Frees what the tape has saved. */
export function freeTape(tape: Tape): void {
  for (const { saved } of tape.entries.splice(0)) for (const each of saved) each.dispose();
}
