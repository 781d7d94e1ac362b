/** `gpt data`: what happens to text before a model learns from it. */
import { Command } from 'commander';
import { overlapCommand } from './data/overlap.js';
import { packCommand } from './data/pack.js';
import { storiesCommand } from './data/stories.js';

export function dataCommand(): Command {
  const command = new Command('data').description('Make text, look at it, clean it, pack it.');
  for (const make of [storiesCommand, overlapCommand, packCommand]) command.addCommand(make());
  return command;
}
