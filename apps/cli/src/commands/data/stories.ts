/** `gpt data stories`: the story world as text to train on, or as examples of one task. */
import { basename, dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { FolderStorage } from '@gpt-ts/core/node';
import {
  inContextList,
  inContextText,
  SPLITS,
  type Split,
  type TaskName,
  WORLD_TASKS,
  worldDocument,
  worldExample,
} from '@gpt-ts/data';
import { Command, Option } from 'commander';
import { CountLine } from '../../count-line.js';
import { interruptible } from '../../io.js';
import { count, seedOption } from '../../options.js';
import { writeOut } from '../tokenizer/write-out.js';

interface StoriesFlags {
  count: number;
  seed: number;
  split: Split;
  tasks?: boolean;
  task?: TaskName | 'in-context';
  format: 'text' | 'jsonl';
  out?: string;
}

const SEPARATOR = '<|endoftext|>';
const AT_ONCE = 65_536; // characters to a piece of output

export function storiesCommand(): Command {
  return new Command('stories')
    .description(
      'Write stories of the built-in world, documents with tasks in them, or examples of one task.',
    )
    .addOption(new Option('--count <n>', 'documents or examples').argParser(count(1)).default(1000))
    .addOption(seedOption('which world').default(0))
    .addOption(
      new Option('--split <name>', 'no 13 words in a row are in two splits')
        .choices(SPLITS)
        .default('train' satisfies Split),
    )
    .option('--tasks', 'mix in documents in which tasks occur, and lists of solved examples')
    .addOption(
      new Option('--task <name>', 'examples of this task alone')
        .choices([...WORLD_TASKS, 'in-context'])
        .conflicts('tasks'),
    )
    .addOption(
      new Option('--format <name>', `text, with ${SEPARATOR} after each; or jsonl, an object a line`)
        .choices(['text', 'jsonl'])
        .default('text'),
    )
    .option('--out <file>', 'file to write, replaced at once when all is there (default: standard output)')
    .addHelpText(
      'after',
      `
Examples:
  gpt data stories --count 20000 --tasks --out stories.txt    # to train on
  gpt data stories --count 500 --split validation --out validation.txt
  gpt data stories --task entailment --count 5000 --format jsonl --out train.jsonl
  gpt finetune --model runs/stories --form entailment --train train.jsonl --out runs/entailment

Rows of jsonl have the columns that gpt finetune reads; those of other tasks, context and completion.`,
    )
    .action(async (flags: StoriesFlags) => {
      using interrupt = interruptible();
      const pieces = output(flags, interrupt.signal);
      if (flags.out === undefined) {
        for await (const piece of pieces) await writeOut(piece);
      } else {
        const path = resolve(flags.out);
        try {
          await new FolderStorage(dirname(path)).write(basename(path), encoded(pieces));
        } catch (error) {
          interrupt.signal.throwIfAborted(); // no trouble with the file
          throw error;
        }
      }
    });
}

/** The whole output in pieces. */
async function* output(flags: StoriesFlags, signal: AbortSignal): AsyncGenerator<string> {
  const progress = new CountLine(flags.task === undefined ? 'documents' : 'examples');
  progress.show(0, flags.count);
  let piece = '';
  for (let index = 0; index < flags.count; index++) {
    piece +=
      flags.format === 'text' ? text(index, flags) + SEPARATOR : `${JSON.stringify(row(index, flags))}\n`;
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = '';
    progress.show(index + 1, flags.count);
    await setImmediate(); // lets Ctrl-C in
    signal.throwIfAborted();
  }
  progress.close();
  yield piece;
}

function text(index: number, { seed, split, tasks, task }: StoriesFlags): string {
  if (task === undefined) return worldDocument(index, { seed, split, tasks });
  if (task === 'in-context') return inContextText(inContextList({ seed, index, split }));
  const { context, completion } = worldExample(task, { seed, index, split }).prompt;
  return context + completion;
}

/** One line of jsonl. */
function row(index: number, { seed, split, tasks, task }: StoriesFlags): Record<string, string> {
  if (task === undefined) return { text: worldDocument(index, { seed, split, tasks }) };
  if (task !== 'in-context') return worldExample(task, { seed, index, split }).row;
  const { kind, examples, sign } = inContextList({ seed, index, split });
  const { output: completion } = examples.at(-1)!;
  const lines = inContextText({ kind, examples, sign });
  return { kind, context: lines.slice(0, -completion.length - 1), completion: ` ${completion}` };
}

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const piece of pieces) yield encoder.encode(piece);
}
