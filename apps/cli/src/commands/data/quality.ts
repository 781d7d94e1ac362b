/** `gpt data quality`: learn what good text is, and keep what is like it. */
import { readFile, writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from '@gpt-ts/core';
import { areaUnderCurve, QualityClassifier } from '@gpt-ts/data';
import { unreadable } from '@gpt-ts/data/node';
import { Command, Option } from 'commander';
import { GPT_COMMAND, interruptible, printJson, printResult } from '../../io.js';
import { amount, count, jsonOption, seedOption } from '../../options.js';
import { dataOption, type Format, formatOption, runStageIn, webtext } from './data-options.js';

interface QualityFlags {
  train?: string[];
  against?: string[];
  termWords?: number;
  maxDocuments: number;
  apply?: string;
  data?: string[];
  out: string;
  alpha?: number;
  seed?: number;
  format: Format;
  json?: boolean;
}

const HELD = 10; // one document in ten is held back, to measure

export function qualityCommand(): Command {
  return new Command('quality')
    .description("GPT-3's quality filter: learn what good text is, keep what is like it.")
    .option('--train <path...>', 'good documents')
    .option('--against <path...>', 'bad ones')
    .addOption(
      new Option('--term-words <n>', 'longest run of words that is a feature (default: 1)').argParser(
        count(1),
      ),
    )
    .addOption(
      new Option('--max-documents <n>', 'of each kind, the first ones').argParser(count(10)).default(50_000),
    )
    .option('--apply <file>', 'a classifier, to filter --data')
    .addOption(dataOption())
    .addOption(
      new Option('--alpha <a>', 'of the Pareto draw; larger keeps fewer (default: 9)').argParser(amount),
    )
    .requiredOption('--out <path>', 'the classifier to write; with --apply the folder')
    .addOption(seedOption('of training, or of the draws (default: 0)'))
    .addOption(formatOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt data quality --train books/ --against crawl-sample.jsonl --out quality.safetensors
  gpt data quality --apply quality.safetensors --data crawl/ --out good`,
    )
    .action(async (flags: QualityFlags) => {
      if (flags.apply !== undefined) await apply(flags.apply, flags);
      else await train(flags);
    });
}

async function train({ train, against, out, maxDocuments, json, ...options }: QualityFlags): Promise<void> {
  if (train === undefined || against === undefined) {
    const expected = '--train and --against, or --apply';
    throw new InvalidArgumentError({ argument: 'the work', expected, received: 'neither' });
  }
  using interrupt = interruptible();
  const { seed, termWords } = options;
  const good = await texts(train, maxDocuments, interrupt.signal);
  const bad = await texts(against, maxDocuments, interrupt.signal);
  const learned = (all: readonly string[]) => all.filter((_, i) => i % HELD !== HELD - 1);
  const classifier = QualityClassifier.train({ good: learned(good), bad: learned(bad), seed, termWords });
  const scores = (all: readonly string[]) =>
    all.filter((_, i) => i % HELD === HELD - 1).map((text) => classifier.score(text));
  const area = areaUnderCurve(scores(good), scores(bad));
  const auc = Number.isNaN(area) ? null : area;
  await writeFile(out, classifier.save());
  if (json) {
    printJson({ out, good: good.length, bad: bad.length, auc });
    return;
  }
  const measured = auc === null ? '' : ` A held-back tenth is told apart with AUC ${auc.toFixed(4)}.`;
  printResult(`Learned from ${good.length} good and ${bad.length} bad documents.${measured}`);
  printResult(`Saved ${out}. Use it with: ${GPT_COMMAND} data quality --apply ${out} --data DATA --out DIR`);
}

async function texts(paths: readonly string[], most: number, signal: AbortSignal): Promise<string[]> {
  const { corpusFiles, readDocuments } = await webtext();
  const all: string[] = [];
  for (const file of await corpusFiles(paths)) {
    for await (const { text } of readDocuments(file, { signal })) {
      all.push(text);
      if (all.length >= most) return all;
    }
  }
  return all;
}

async function apply(file: string, { data, out, alpha, seed, format, json }: QualityFlags): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  const { corpusFiles, qualityStage } = await webtext();
  const stage = qualityStage({ classifier: QualityClassifier.load(bytes, file), alpha, seed });
  const { manifest, kept } = await runStageIn(out, stage, await corpusFiles(data ?? []), format);
  const { counts, elapsedMs } = manifest;
  if (json) {
    printJson({ folder: out, kept, ...counts, seconds: elapsedMs / 1000 });
    return;
  }
  const number = (value: number) => value.toLocaleString('en');
  printResult(
    `${number(counts.out)} of ${number(counts.in)} documents stay. ${(elapsedMs / 1000).toFixed(1)}s`,
  );
  printResult(`Kept in ${kept}.`);
}
