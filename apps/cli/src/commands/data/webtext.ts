/** `gpt data webtext`: GPT-2's training text, from Reddit's links. */
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { buildWebText, type WebTextOptions, type WebTextResult } from '@gpt-ts/webtext';
import { Command, Option } from 'commander';
import { GPT_COMMAND, interruptible, printJson, printNote, printResult } from '../../io.js';
import { amount, count, jsonOption } from '../../options.js';
import { number, StageView } from './stage-view.js';

interface WebTextFlags {
  submissions: string[];
  out: string;
  minKarma: number;
  until: string;
  blockSubreddit?: string[];
  blockDomain?: string[];
  over18?: boolean;
  pages?: string[];
  fetch?: boolean;
  contact?: string;
  concurrency: number;
  delay: number;
  language: string[];
  minCharacters: number;
  dedup: boolean;
  threads: number;
  json?: boolean;
}

export function webtextCommand(): Command {
  return new Command('webtext')
    .description("Make GPT-2's WebText: pages that Reddit's readers found worth a link.")
    .requiredOption('--submissions <files...>', 'Reddit submissions: .jsonl or .csv, plain, .gz or .zst')
    .requiredOption('--out <dir>', 'run folder; given again, an interrupted run goes on')
    .option('--pages <paths...>', 'pages on disk: folders, .warc, .warc.gz')
    .option('--fetch', 'get the pages from the network, politely; without it nothing is fetched')
    .option('--contact <address>', 'where sites can reach you, sent with every request')
    .addOption(
      new Option('--concurrency <n>', 'requests at once, one to a host').argParser(count(1)).default(16),
    )
    .addOption(
      new Option('--delay <seconds>', 'pause between requests to a host').argParser(amount).default(1),
    )
    .addOption(new Option('--min-karma <n>', 'least score of a submission').argParser(count(0)).default(3))
    .option('--until <date>', 'last month or day of a submission', '2017-12')
    .option('--block-subreddit <names...>', 'subreddits to leave out')
    .option('--block-domain <names...>', 'domains to leave out, in place of the built-in list')
    .option('--over-18', 'take links that are marked as over 18')
    .option('--language <codes...>', 'ISO 639-3 codes of languages to keep', ['eng'])
    .addOption(new Option('--min-characters <n>', 'shortest text').argParser(count(0)).default(512))
    .option('--no-dedup', 'keep texts that are nearly equal')
    .addOption(new Option('--threads <n>', 'threads that read pages').argParser(count(1)).default(2))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt data webtext --submissions RS_2017-*.zst --fetch --contact me@example.com --out webtext
  gpt data webtext --submissions posts.csv --pages crawl.warc.gz saved/ --out webtext

Ctrl-C stops it; the same command goes on. Each stage has a folder with its manifest, its parts and what it dropped, with
reasons. documents.jsonl and webtext.txt are written last.`,
    )
    .action(async (flags: WebTextFlags) => {
      const options = optionsOf(flags);
      using interrupt = interruptible();
      const view = new StageView();
      const { signal } = interrupt;
      try {
        report(await buildWebText({ ...options, signal, onEvent: (event) => view.show(event) }), flags);
      } catch (error) {
        view.close();
        if (signal.aborted) printNote('Stopped. The same command goes on.');
        throw error;
      }
    });
}

function optionsOf(flags: WebTextFlags): WebTextOptions {
  const { pages, fetch = false, contact, concurrency, delay, threads } = flags;
  if ((pages !== undefined) === fetch) {
    const received = fetch ? 'both' : 'neither';
    throw new InvalidArgumentError({
      argument: 'the command',
      expected: 'given --pages or --fetch',
      received,
    });
  }
  return {
    folder: flags.out,
    submissions: flags.submissions,
    links: {
      minKarma: flags.minKarma,
      until: flags.until,
      blockedSubreddits: flags.blockSubreddit,
      blockedDomains: flags.blockDomain,
      over18: flags.over18,
    },
    pages: pages && { pages },
    fetch: fetch ? { concurrency, delayMs: 1000 * delay, contact } : undefined,
    extract: { threads },
    filter: { languages: flags.language, minCharacters: flags.minCharacters },
    dedup: flags.dedup ? {} : false,
    database: { threads },
  };
}

function report({ manifests, files }: WebTextResult, { out, json }: WebTextFlags): void {
  if (json) {
    const stages = manifests.map(({ stage, counts, elapsedMs }) => ({ stage, ...counts, elapsedMs }));
    printJson({ out, stages, files });
    return;
  }
  const rows = manifests.flatMap(({ stage, counts }) => [
    [stage, counts.in, counts.out, ''] as const,
    ...Object.entries(counts.dropped).map(([reason, n]) => ['', '', '', `${number(n)} ${reason}`] as const),
  ]);
  printResult(`${'stage'.padEnd(10)}${'in'.padStart(14)}${'kept'.padStart(14)}  dropped`);
  for (const [stage, before, after, dropped] of rows) {
    const [a, b] = [before, after].map((n) => (n === '' ? '' : number(n)).padStart(14));
    printResult(`${stage.padEnd(10)}${a}${b}  ${dropped}`.trimEnd());
  }
  for (const { name, bytes } of files) printResult(`Written: ${join(out, name)}, ${number(bytes)} bytes`);
  printResult(`Next: ${GPT_COMMAND} train --data ${join(out, files[1].name)} --out runs/webtext`);
}
