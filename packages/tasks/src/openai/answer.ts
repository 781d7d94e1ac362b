/**
 * The answers of the completions API, checked by hand: nothing that a server sends is trusted.
 *
 * Parts of an answer that are missing are told apart from parts that are wrong: the first says that the server lacks a
 * feature, the second that it, or the address, is not what it should be.
 */
import type { EndpointError } from '../errors/endpoint-error.js';
import type { Problem } from './endpoint.js';
import { refusalOf } from './refusal.js';

/** Makes the error that the answer deserves. */
export type Fail = (problem: Problem) => EndpointError;

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The choices of an answer, one for each prompt, in the order of the prompts. */
export function choicesOf(answer: unknown, prompts: number, fail: Fail): Json[] {
  const choices = isObject(answer) ? answer.choices : undefined;
  if (!Array.isArray(choices) || choices.length !== prompts) {
    const got = Array.isArray(choices) ? `${choices.length}` : 'none';
    const problem = `the answer must have ${prompts} choices, one a prompt, got ${got}`;
    const said = Array.isArray(choices) ? undefined : refusalOf(JSON.stringify(answer));
    throw fail({ code: 'endpoint-answer', problem, said });
  }
  const inOrder: Json[] = new Array(prompts);
  for (const choice of choices) {
    const index = isObject(choice) ? choice.index : undefined;
    const isNew = Number.isInteger(index) && inOrder[Number(index)] === undefined;
    if (!isNew || Number(index) < 0 || Number(index) >= prompts) {
      throw wrong(
        fail,
        `each choice must have an index of its own from 0 to ${prompts - 1}, got ${kindOf(index)}`,
      );
    }
    inOrder[Number(index)] = choice;
  }
  return inOrder;
}

/** What was written. */
export function textOf(choice: Json, fail: Fail): string {
  if (typeof choice.text === 'string') return choice.text;
  throw wrong(fail, `a choice must have a text, got ${kindOf(choice.text)}`);
}

/**
 * Checks that the server read as many tokens as it was sent: one that cuts prompts, or puts a token before them, would score
 * something else. Servers that do not count are believed.
 */
export function assertTokensRead(answer: unknown, sent: number, fail: Fail): void {
  const usage = isObject(answer) ? answer.usage : undefined;
  const read = isObject(usage) ? usage.prompt_tokens : undefined;
  if (typeof read !== 'number' || read === sent) return;
  const hint = 'It may shorten prompts, add tokens of its own, or not take prompts as ids.';
  throw fail({
    code: 'endpoint-answer',
    problem: `the server read ${read} tokens of ${sent} that were sent`,
    hint,
  });
}

/** What a value is, in a message: what servers write stays out of it, because it may hold anything. */
export function kindOf(value: unknown): string {
  if (typeof value === 'number' || value === undefined || value === null) return `${value}`;
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

export function wrong(fail: Fail, problem: string): EndpointError {
  return fail({ code: 'endpoint-answer', problem });
}

/** The problem of a server without a feature that scoring needs. */
export function lacks(feature: string): Problem {
  return {
    code: 'endpoint-feature',
    problem: `the server does not give ${feature}, which scoring needs`,
    hint: 'vLLM does. With this server, only generateUntil works.',
  };
}
