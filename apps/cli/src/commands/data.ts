/** `gpt data`: text and examples to learn from. */
import { Command } from 'commander';
import { storiesCommand } from './data/stories.js';

export function dataCommand(): Command {
  return new Command('data')
    .description('Make text and examples to learn from.')
    .addHelpText(
      'after',
      `
Examples:
  gpt data stories --count 20000 --tasks --out stories.txt
  gpt data stories --task entailment --count 5000 --format jsonl --out train.jsonl`,
    )
    .addCommand(storiesCommand());
}
