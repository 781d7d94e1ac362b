/** `gpt data overlap`: how much of the test sets is in the training data, and the training data without it. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { findCollisions, overlapShare, splitSetsByOverlap, type WordRule } from '@gpt-ts/data';
import { Command, Option } from 'commander';
import { interruptible, printJson, printNote, printResult } from '../../io.js';
import { count, jsonOption } from '../../options.js';
import { BytesLine } from './bytes-line.js';
import { type CleanedFile, checkOutput, cleanFiles } from './clean-files.js';
import { DocumentFile } from './document-file.js';
import { drawCleaned, drawOverlap } from './draw-overlap.js';

interface OverlapFlags {
  train: string[];
  test: string[];
  n?: number;
  rule?: WordRule;
  clean?: boolean;
  out?: string;
  json?: boolean;
}

/** What was found of a test file. */
export interface TestOverlap {
  file: string;
  /** Words of a gram. */
  n: number;
  documents: number;
  grams: number;
  found: number;
  share: number | null;
  /** Numbers of the documents of which a gram was found, from 0. */
  dirty: number[];
}

interface Cleaned {
  out: string;
  n: number;
  /** Distinct grams that were taken out. */
  grams: number;
  /** Distinct grams left alone, because they are in more than 10 training documents. */
  ignored: number;
  files: CleanedFile[];
}

export function overlapCommand(): Command {
  return new Command('overlap')
    .description('How much of test sets is in training data, and the training data without it.')
    .requiredOption(
      '--train <files...>',
      'UTF-8 text with <|endoftext|> between documents, or .jsonl with "text"',
    )
    .requiredOption('--test <files...>', 'the same; a document is an example')
    .addOption(
      new Option(
        '--rule <rule>',
        'gpt2: alphanumeric words, a Bloom filter; gpt3: words without punctuation, exact (default: gpt2; gpt3 with --clean)',
      ).choices(['gpt2', 'gpt3']),
    )
    .addOption(
      new Option(
        '--n <n>',
        'words of a gram (default: 8; with gpt3 from 8 to 13 by the length of the examples, and 13 to clean)',
      ).argParser(count(1)),
    )
    .option('--clean', "write the training data without what it shares, as GPT-3's filter does")
    .option('--out <dir>', 'new folder for it')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
"found" is the number of the test file's n-grams that are in the training data too, "dirty" the number of its documents that
have one. The filter of --clean takes out every shared gram with 200 characters on each side, drops what is left of fewer
than 200 and documents that fall into more than 10 pieces, and leaves alone what is in more than 10 training documents.

Examples:
  gpt data overlap --train corpus.txt --test wiki.test.txt ptb.test.txt
  gpt data overlap --train a.jsonl b.jsonl --test squad.jsonl --rule gpt3 --json
  gpt data overlap --train corpus.txt --test wiki.test.txt --clean --out cleaned

Ctrl-C stops it; then nothing is written.`,
    )
    .action(async (flags: OverlapFlags) => {
      checkFlags(flags);
      using interrupt = interruptible();
      let line: BytesLine | undefined;
      const onRead = (bytes: number) => {
        interrupt.signal.throwIfAborted();
        line?.add(bytes);
      };
      const train = await openAll(flags.train, onRead);
      const tests = await openAll(flags.test, onRead);
      if (flags.out !== undefined) await checkOutput(flags.out, train);
      line = new BytesLine(bytesToRead(train, tests, flags));
      try {
        const found = await compare(train, tests, flags);
        const cleaned =
          flags.out === undefined ? undefined : await clean(train, tests, flags.out, found, flags);
        line.close();
        report(found, cleaned, flags);
      } catch (error) {
        line.close();
        if (!interrupt.signal.aborted) throw error;
        printNote('Stopped. Nothing was written.');
        throw interrupt.signal.reason; // not what a storage made of it
      }
    });
}

function checkFlags({ clean, out }: OverlapFlags): void {
  if (clean && out === undefined) {
    throw new InvalidArgumentError({
      argument: '--out',
      expected: 'given with --clean: a new folder',
      received: out,
    });
  }
  if (!clean && out !== undefined) {
    throw new InvalidArgumentError({ argument: '--out', expected: 'used with --clean', received: out });
  }
}

async function openAll(paths: readonly string[], onRead: (bytes: number) => void): Promise<DocumentFile[]> {
  const files: DocumentFile[] = [];
  for (const path of paths) files.push(await DocumentFile.open(path, onRead));
  return files;
}

const ruleOf = ({ rule, clean }: OverlapFlags): WordRule => rule ?? (clean ? 'gpt3' : 'gpt2');

/** Every time a file is gone through counts. */
function bytesToRead(
  train: readonly DocumentFile[],
  tests: readonly DocumentFile[],
  flags: OverlapFlags,
): number {
  const size = (files: readonly DocumentFile[]) => files.reduce((sum, { bytes }) => sum + bytes, 0);
  const [trainTimes, testTimes] = ruleOf(flags) === 'gpt2' ? [2, 1] : [1, flags.n === undefined ? 3 : 2];
  const cleaning = flags.clean ? [2, 1] : [0, 0];
  return (trainTimes + cleaning[0]) * size(train) + (testTimes + cleaning[1]) * size(tests);
}

async function compare(
  train: readonly DocumentFile[],
  tests: readonly DocumentFile[],
  flags: OverlapFlags,
): Promise<TestOverlap[]> {
  const { n } = flags;
  if (ruleOf(flags) === 'gpt2') {
    const sets = tests.map((file) => ({ name: file.path, documents: file }));
    const overlap = await overlapShare(joined(train), sets, { n });
    return overlap.sets.map(({ name, documents, grams, found, share }) => {
      const dirty = [...documents.keys()].filter((k) => documents[k].found > 0);
      return { file: name, n: overlap.n, documents: documents.length, grams, found, share, dirty };
    });
  }
  const splits = await splitSetsByOverlap(tests, joined(train), { n });
  return splits.map(({ dirty, clean, grams, found, ...rest }, i) => {
    const documents = dirty.length + clean.length;
    return {
      file: tests[i].path,
      n: rest.n,
      documents,
      grams,
      found,
      share: grams ? found / grams : null,
      dirty,
    };
  });
}

async function clean(
  train: readonly DocumentFile[],
  tests: readonly DocumentFile[],
  out: string,
  found: readonly TestOverlap[],
  flags: OverlapFlags,
): Promise<Cleaned> {
  const rule = ruleOf(flags);
  const n = flags.n ?? (rule === 'gpt2' ? 8 : 13);
  const collisions = await findCollisions(joined(train), joined(tests), { n, rule });
  const facts = { n, grams: collisions.grams.size, ignored: collisions.ignored };
  const files = await cleanFiles(train, collisions, out, { rule, tests: found, ...facts });
  return { out, ...facts, files };
}

/** The documents of several files, to be gone through again and again. */
function joined(files: readonly DocumentFile[]): AsyncIterable<string> {
  return {
    async *[Symbol.asyncIterator]() {
      for (const file of files) yield* file;
    },
  };
}

function report(tests: readonly TestOverlap[], cleaned: Cleaned | undefined, flags: OverlapFlags): void {
  if (flags.json) {
    printJson({ rule: ruleOf(flags), tests, cleaned });
    return;
  }
  printResult(drawOverlap(tests));
  if (cleaned === undefined) return;
  const { n, grams, ignored, files, out } = cleaned;
  const number = (value: number) => value.toLocaleString('en');
  printResult(`\n${drawCleaned(files)}\n`);
  printResult(
    `Taken out: ${number(grams)} distinct ${n}-grams. In more than 10 documents, so left alone: ${number(ignored)}.`,
  );
  printResult(`Saved in ${out}; removed.jsonl says why, document by document.`);
}
