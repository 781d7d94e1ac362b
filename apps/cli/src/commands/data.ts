/** `gpt data`: look at text before a model learns from it, and clean it. */
import { Command } from 'commander';
import { overlapCommand } from './data/overlap.js';

export function dataCommand(): Command {
  return new Command('data')
    .description('Look at text before a model learns from it, and clean it.')
    .addHelpText(
      'after',
      `
Examples:
  gpt data overlap --train corpus.txt --test wiki.test.txt ptb.test.txt
  gpt data overlap --train corpus.jsonl --test wiki.test.txt --clean --out cleaned`,
    )
    .addCommand(overlapCommand());
}
