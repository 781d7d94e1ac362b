/** `gpt data stats`: a corpus in a few numbers. */
import type { CorpusStats } from '@gpt-ts/webtext';
import { Command } from 'commander';
import { interruptible, printJson, printResult } from '../../io.js';
import { jsonOption } from '../../options.js';
import { ShareLine } from '../../share-line.js';
import { dataOption, memoryOption, webtext } from './data-options.js';

interface StatsFlags {
  data: string[];
  memory: number;
  json?: boolean;
}

export function statsCommand(): Command {
  return new Command('stats')
    .description('Count documents, words, bytes, lengths and copies.')
    .addOption(dataOption().makeOptionMandatory())
    .addOption(memoryOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt data stats --data corpus.jsonl
  gpt data stats --data books/ web.parquet --json`,
    )
    .action(async ({ data, memory: memoryBytes, json }: StatsFlags) => {
      const { corpusFiles, corpusStats } = await webtext();
      using interrupt = interruptible();
      const line = new ShareLine();
      const onShare = (share: number) => line.show('read', share);
      let stats: CorpusStats;
      try {
        const files = await corpusFiles(data);
        stats = await corpusStats(files, { memoryBytes, signal: interrupt.signal, onShare });
      } finally {
        line.close();
      }
      if (json) printJson(stats);
      else for (const each of describe(stats)) printResult(each);
    });
}

function describe({ documents, words, bytes, duplicates, wordsAt }: CorpusStats): string[] {
  const number = (value: number) => value.toLocaleString('en');
  const share = documents === 0 ? 0 : (100 * duplicates) / documents;
  return [
    `${number(documents)} documents, ${number(words)} words, ${number(bytes)} bytes`,
    `${number(duplicates)} are equal to an earlier one (${share.toFixed(1)}%)`,
    ...(wordsAt === null
      ? []
      : [
          `words a document: ${Object.entries(wordsAt)
            .map(([name, value]) => `${name} ${number(value)}`)
            .join(', ')}`,
        ]),
  ];
}
