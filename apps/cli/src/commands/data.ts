/** `gpt data`: what happens to text before a model learns from it. */
import { Command } from 'commander';
import { dedupCommand } from './data/dedup.js';
import { overlapCommand } from './data/overlap.js';
import { packCommand } from './data/pack.js';
import { qualityCommand } from './data/quality.js';
import { statsCommand } from './data/stats.js';
import { storiesCommand } from './data/stories.js';

export function dataCommand(): Command {
  const command = new Command('data').description('Make text, look at it, clean it, pack it.');
  const commands = [storiesCommand, statsCommand, dedupCommand, qualityCommand, overlapCommand, packCommand];
  for (const make of commands) command.addCommand(make());
  return command;
}
