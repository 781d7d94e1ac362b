/** Option parsers and options that several commands share. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { type Command, Option, InvalidArgumentError as UsageError } from 'commander';

/** A whole number of at least `min`. */
export function count(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
      throw new UsageError(`Expected a whole number of ${min} or more.`);
    }
    return value;
  };
}

/** A number of at least 0. */
export function amount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new UsageError('Expected a number of 0 or more.');
  return value;
}

/** A number from 0 up to, but not, 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new UsageError('Expected a number from 0 up to, but not, 1.');
  return value;
}

/** `--json` */
export const jsonOption = (): Option => new Option('--json', 'print one JSON object on stdout');

/** `--seed` */
export const seedOption = (what: string): Option => new Option('--seed <n>', what).argParser(count(0));

/** `--model` */
export const modelOption = (): Option =>
  new Option('--model <dir>', 'run folder: config.json, model.safetensors, tokenizer').makeOptionMandatory();

/** `--set`, again and again: names and values of settings. */
export const settingOption = (): Option =>
  new Option('--set <name=value...>', 'any setting of a run; gpt recipes lists them').argParser(
    (text: string, before?: [string, unknown][]) => [...(before ?? []), setting(text)],
  );

/** `name=value`, the value as JSON where it is some. */
function setting(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('Expected name=value.');
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

const RESUME_FLAGS = ['out', 'resume', 'threads', 'simd', 'json'];

/** Throws for a flag that says what a resumed run knows already. */
export function assertResumeFlags(command: Command): void {
  const extra = command.options
    .map((option) => option.attributeName())
    .find((name) => command.getOptionValueSource(name) === 'cli' && !RESUME_FLAGS.includes(name));
  if (extra === undefined) return;
  throw new InvalidArgumentError({
    argument: '--resume',
    expected: 'used with --out alone, the rest is in the run',
    received: `--${extra.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  });
}
