/** `gpt data`: look at text before a model learns from it, and clean it. */
import { Command } from 'commander';
import { webtextCommand } from './data/webtext.js';

export function dataCommand(): Command {
  return new Command('data')
    .description('Look at text before a model learns from it, and clean it.')
    .addHelpText(
      'after',
      `
Examples:
  gpt data webtext --submissions RS_2017-12.zst --pages crawl.warc.gz --out webtext`,
    )
    .addCommand(webtextCommand());
}
