/** `gpt data`: look at text before a model learns from it, and clean it. */
import { Command } from 'commander';
import { dedupCommand } from './data/dedup.js';
import { qualityCommand } from './data/quality.js';
import { statsCommand } from './data/stats.js';
import { webtextCommand } from './data/webtext.js';

export function dataCommand(): Command {
  return new Command('data')
    .description('Look at text before a model learns from it, and clean it.')
    .addHelpText(
      'after',
      `
Examples:
  gpt data webtext --submissions RS_2017-12.zst --pages crawl.warc.gz --out webtext
  gpt data stats --data corpus/
  gpt data dedup --data webtext.jsonl crawl/ --out clean`,
    )
    .addCommand(webtextCommand())
    .addCommand(dedupCommand())
    .addCommand(statsCommand())
    .addCommand(qualityCommand());
}
