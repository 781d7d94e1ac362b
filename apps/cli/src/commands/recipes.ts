/** `gpt recipes`: how models are trained, with sources. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { gpt1Finetune, recipes, settingsSchema } from '@gpt-ts/trainer';
import { Command } from 'commander';
import { printJson, printResult } from '../io.js';
import { jsonOption } from '../options.js';

const all: Record<string, (typeof recipes)[keyof typeof recipes] | typeof gpt1Finetune> = {
  ...recipes,
  'gpt1-finetune': gpt1Finetune,
};

export function recipesCommand(): Command {
  return new Command('recipes')
    .description('List the recipes, or show one: settings, sources, what to expect.')
    .argument('[name]', 'a recipe')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt recipes
  gpt recipes gpt3-pretrain
  gpt recipes stories --json`,
    )
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      if (name === undefined) {
        if (json) printJson(all);
        else printResult(list());
        return;
      }
      if (!Object.hasOwn(all, name)) {
        const expected = `one of ${Object.keys(all).join(', ')}`;
        throw new InvalidArgumentError({ argument: 'name', expected, received: name });
      }
      if (json) printJson(all[name]);
      else printResult(show(name));
    });
}

function list(): string {
  const rows = Object.entries(all).map(([name, { about }]) => `${name.padEnd(18)} ${about}`);
  return [...rows, '', 'Any of these settings can be changed with --set name=value:', ...settingLines()].join(
    '\n',
  );
}

function settingLines(): string[] {
  return Object.entries(settingsSchema.shape).map(
    ([name, type]) => `  ${name.padEnd(16)} ${type.description ?? ''}`,
  );
}

function show(name: string): string {
  const { about, source, expected, settings, ...rest } = all[name];
  const lines = (fields: object) =>
    Object.entries(fields).map(([field, value]) => {
      const text = typeof value === 'object' ? JSON.stringify(value) : `${value}`;
      const meaning = settingsSchema.shape[field as keyof typeof settings]?.description ?? '';
      return `  ${field.padEnd(16)} ${text.padEnd(12)} ${meaning}`.trimEnd();
    });
  return [
    ...[about, '', `Source: ${source}`, '', 'Settings', ...lines(settings)],
    ...['', 'Besides', ...lines(rest), '', 'Expect', ...lines(expected)],
  ].join('\n');
}
