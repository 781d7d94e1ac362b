/** `gpt data`: what happens to texts before a model learns from them. */
import { Command } from 'commander';
import { packCommand } from './data/pack.js';

export function dataCommand(): Command {
  return new Command('data').description('Prepare texts for training.').addCommand(packCommand());
}
