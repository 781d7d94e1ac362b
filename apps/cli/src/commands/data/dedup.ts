/** `gpt data dedup`: a corpus without copies and near-copies, larger than memory if need be. */
import { Command, Option } from 'commander';
import { printJson, printResult } from '../../io.js';
import { amount, count, jsonOption, seedOption } from '../../options.js';
import {
  dataOption,
  type Format,
  formatOption,
  memoryOption,
  runStageIn,
  threads,
  webtext,
} from './data-options.js';

interface DedupFlags {
  data: string[];
  out: string;
  exact?: boolean;
  threshold?: number;
  hashes?: number;
  bandHashes?: number;
  shingleWords?: number;
  minKeys?: number;
  seed?: number;
  memory: number;
  format: Format;
  json?: boolean;
}

export function dedupCommand(): Command {
  return new Command('dedup')
    .description("Remove copies and near-copies of documents, as for GPT-3's data.")
    .addOption(dataOption().makeOptionMandatory())
    .requiredOption('--out <dir>', 'folder to write; a stopped run goes on there')
    .option('--exact', 'only equal texts')
    .addOption(
      new Option('--threshold <j>', 'Jaccard similarity of a near-copy (default: 0.8)').argParser(amount),
    )
    .addOption(new Option('--hashes <n>', 'numbers in a MinHash signature (default: 10)').argParser(count(1)))
    .addOption(
      new Option('--band-hashes <n>', 'hashes that are one LSH key (default: 1)').argParser(count(1)),
    )
    .addOption(
      new Option(
        '--min-keys <n>',
        'keys that near-copies share (default: as many as are safe, 3 of 10)',
      ).argParser(count(1)),
    )
    .addOption(
      new Option('--shingle-words <n>', "words in a shingle (default: 5; GPT-3's is 1)").argParser(count(1)),
    )
    .addOption(seedOption('of the hash functions (default: 0)'))
    .addOption(memoryOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt data dedup --data corpus.jsonl --out clean
  gpt data dedup --data webtext.jsonl crawl/ --out clean --format parquet --memory 4GB
  gpt data dedup --data books/ --out clean --exact

Of several copies the first stays, in the order of --data: give the better source first. What went, and
whose copy it was, is in OUT/dedup/dropped-00000.jsonl. Ctrl-C stops it; the same command goes on.`,
    )
    .action(async (flags: DedupFlags) => {
      const { data, out, format, memory: memoryBytes, json, ...options } = flags;
      const { corpusFiles, dedupStage } = await webtext();
      const stage = dedupStage({ ...options, memoryBytes, threads: threads() });
      const { manifest, kept } = await runStageIn(out, stage, await corpusFiles(data), format);
      const { counts, elapsedMs } = manifest;
      if (json) {
        printJson({ folder: out, kept, ...counts, seconds: elapsedMs / 1000 });
        return;
      }
      const number = (value = 0) => value.toLocaleString('en');
      printResult(
        `${number(counts.out)} of ${number(counts.in)} documents stay; ${number(counts.dropped['exact-duplicate'])} copies and ` +
          `${number(counts.dropped['near-duplicate'])} near-copies go. ${(elapsedMs / 1000).toFixed(1)}s`,
      );
      printResult(`Kept in ${kept}.`);
    });
}
