import { show } from '@gpt-ts/core';
import type { TrainEvent } from '@gpt-ts/trainer';

type Fields = Record<string, unknown>;

/**
 * Checks what a line of the log says. Optional fields may be missing; `null`, JSON's word for NaN, may stand for any
 * number but the step. Events of a kind that this version does not know are passed over.
 *
 * @returns `undefined` for those.
 * @throws Error with what is wrong, to be told with the number of the line.
 */
export function parseEvent(value: unknown): TrainEvent | undefined {
  if (!isObject(value)) throw new Error(`must be an object, got ${show(value)}`);
  const check = CHECKS[value.type as TrainEvent['type']];
  if (typeof value.type !== 'string') throw new Error(`type must be a text, got ${show(value.type)}`);
  if (!Object.hasOwn(CHECKS, value.type)) return undefined;
  if (!Number.isSafeInteger(value.step) || (value.step as number) < 0) {
    throw new Error(`step must be a whole number from 0 on, got ${show(value.step)}`);
  }
  check(value);
  return value as unknown as TrainEvent;
}

const CHECKS: Record<TrainEvent['type'], (event: Fields) => void> = {
  'train-start': (event) => numbers(event, 'maxSteps', 'parameters'),
  'step-end': (event) => {
    numbers(event, 'loss', 'learningRate', 'gradNorm', 'sequences', 'tokens', 'tokensSeen', 'elapsedMs');
    numbers(event, 'tokensPerSecond', 'ceilingShare', 'memoryBytes');
    named(event, 'parts');
  },
  'eval-end': (event) => {
    event.count ??= event.tokens; // its name in older logs
    numbers(event, 'loss', 'count', 'elapsedMs');
    named(event, 'metrics');
  },
  'sample-end': (event) => {
    const { texts } = event;
    if (!Array.isArray(texts) || texts.some((text) => typeof text !== 'string')) {
      throw new Error(`texts must be a list of texts, got ${show(texts)}`);
    }
  },
  'checkpoint-end': (event) => {
    if (event.file !== undefined) text(event, 'file');
  },
  warning: (event) => {
    text(event, 'kind');
    text(event, 'message');
  },
  'train-end': (event) => {
    text(event, 'reason');
    numbers(event, 'bestStep');
  },
};

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numbers(event: Fields, ...names: string[]): void {
  for (const name of names) {
    const value = event[name];
    if (value === undefined || typeof value === 'number') continue;
    if (value !== null) throw new Error(`${name} must be a number, got ${show(value)}`);
    event[name] = Number.NaN;
  }
}

/** A field that holds numbers by name. */
function named(event: Fields, name: string): void {
  const values = event[name];
  if (values === undefined) return;
  if (!isObject(values)) throw new Error(`${name} must be numbers by name, got ${show(values)}`);
  numbers(values, ...Object.keys(values));
}

function text(event: Fields, name: string): void {
  if (typeof event[name] !== 'string') throw new Error(`${name} must be a text, got ${show(event[name])}`);
}
