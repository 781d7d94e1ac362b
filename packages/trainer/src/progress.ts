/** How far a run has come: what a checkpoint keeps besides tensors, and what its events are judged by. */
import { z } from 'zod';
import { checkSchema } from './check-schema.js';

/** Counted before the evaluation of its step, which a resumed run makes again. */
export interface Progress {
  /** Updates finished. */
  step: number;
  /** Sequences learned from: the number of the next one. It is all there is to the data's position. */
  sequences: number;
  /** Tokens learned from. */
  tokens: number;
  /** The best evaluation. */
  best?: { step: number; loss: number };
  /** Evaluations since then. */
  stale: number;
  /** The last losses, for judging the next. */
  recent: number[];
}

/** Of a run that has not begun. */
export const beginning = (): Progress => ({ step: 0, sequences: 0, tokens: 0, stale: 0, recent: [] });

const count = z.int().min(0);
const schema: z.ZodType<Progress> = z.strictObject({
  step: count,
  sequences: count,
  tokens: count,
  best: z.strictObject({ step: count, loss: z.number() }).optional(),
  stale: count,
  recent: z.array(z.number()),
});

/** @throws InvalidConfigError when it is not what {@link Progress} says. */
export function checkProgress(json: unknown, source: string): Progress {
  return checkSchema(schema, json, source);
}
