#!/usr/bin/env node
/** `gpt`: lists the commands, and turns errors into messages and exit codes. */
import { isGptError } from '@gpt-ts/core';
import { Command, CommanderError } from 'commander';
import { benchCommand } from './commands/bench.js';
import { classifyCommand } from './commands/classify.js';
import { convertCommand } from './commands/convert.js';
import { dataCommand } from './commands/data.js';
import { finetuneCommand } from './commands/finetune.js';
import { generateCommand } from './commands/generate.js';
import { infoCommand } from './commands/info.js';
import { planCommand } from './commands/plan.js';
import { quickstartCommand } from './commands/quickstart.js';
import { recipesCommand } from './commands/recipes.js';
import { reportCommand } from './commands/report.js';
import { scoreCommand } from './commands/score.js';
import { tokenizerCommand } from './commands/tokenizer.js';
import { trainCommand } from './commands/train.js';
import { printError } from './io.js';

const BAD_INPUT = 2;
const STOPPED = 130; // 128 + SIGINT, as shells count it

const program = new Command('gpt')
  .description('Train, run and inspect GPTs.')
  .enablePositionalOptions()
  .showHelpAfterError('(add --help for the options and examples)')
  .exitOverride();
const commands = [
  quickstartCommand,
  trainCommand,
  finetuneCommand,
  recipesCommand,
  reportCommand,
  generateCommand,
  scoreCommand,
  classifyCommand,
  infoCommand,
  planCommand,
  convertCommand,
  tokenizerCommand,
  dataCommand,
  benchCommand,
].map((make) => make());
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program));
  for (const each of command.commands) each.copyInheritedSettings(command);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : BAD_INPUT; // its message has been printed
  } else if (error instanceof Error && error.name === 'AbortError') {
    process.exitCode = STOPPED;
  } else if (isGptError(error)) {
    printError(error.message);
    process.exitCode = BAD_INPUT;
  } else {
    throw error; // a bug: the stack is worth seeing
  }
}
