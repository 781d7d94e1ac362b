/** Option parsers and options that several commands share. */
import { Option, InvalidArgumentError as UsageError } from 'commander';

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

/** `--json` */
export const jsonOption = (): Option => new Option('--json', 'print one JSON object on stdout');

/** `--seed` */
export const seedOption = (what: string): Option => new Option('--seed <n>', what).argParser(count(0));

/** `--model` */
export const modelOption = (): Option =>
  new Option('--model <dir>', 'run folder: config.json, model.safetensors, tokenizer').makeOptionMandatory();
