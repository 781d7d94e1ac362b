/** `gpt data`: what happens to text before a model learns from it. */
import { Command } from 'commander';
import { dedupCommand } from './data/dedup.js';
import { overlapCommand } from './data/overlap.js';
import { packCommand } from './data/pack.js';
import { qualityCommand } from './data/quality.js';
import { statsCommand } from './data/stats.js';
import { storiesCommand } from './data/stories.js';
import { webtextCommand } from './data/webtext.js';

export function dataCommand(): Command {
  const command = new Command('data').description('Gather or make text, look at it, clean it, pack it.');
  for (const make of [
    webtextCommand,
    storiesCommand,
    statsCommand,
    dedupCommand,
    qualityCommand,
    overlapCommand,
    packCommand,
  ])
    command.addCommand(make());
  return command;
}
