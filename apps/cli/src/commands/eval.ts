/** `gpt eval`: how good is a model at a task? */
import { InvalidArgumentError } from '@gpt-ts/core';
import {
  type EvaluationResult,
  evaluate,
  findTask,
  rescore,
  type SampleRecord,
  type Task,
  tasks,
} from '@gpt-ts/tasks/evaluation';
import { Command, Option } from 'commander';
import { addBackendOptions } from '../backend.js';
import { CountLine } from '../count-line.js';
import { readTaskData, type TaskData } from '../eval-files.js';
import { EvalLog, type EvalSetup } from '../eval-log.js';
import { addModelOptions, type ModelFlags, openModel } from '../eval-model.js';
import { resultLines, taskLines } from '../eval-text.js';
import { interruptible, printJson, printNote, printResult } from '../io.js';
import { count, jsonOption, seedOption } from '../options.js';

interface EvalFlags extends ModelFlags {
  task?: string;
  data?: string[];
  train?: string[];
  shots: number;
  seed: number;
  limit?: number;
  stride?: number;
  samples?: string;
  resume?: boolean;
  rescore?: string;
  skipBadRows?: boolean;
  list?: boolean;
  json?: boolean;
}

export function evalCommand(): Command {
  const whole = (flags: string, about: string, least: number) =>
    new Option(flags, about).argParser(count(least));
  const command = new Command('eval')
    .description('Ask a model the items of a task: zero-, one- and few-shot, as GPT-2 and GPT-3 were asked.')
    .option('--list', 'the tasks there are')
    .option('--task <name>', 'what to ask')
    .option('--data <path...>', "folder of the task's files, or the files to ask about")
    .option('--train <file...>', 'files to draw examples from (default: those in the folder, else --data)')
    .addOption(whole('--shots <k>', 'examples before each item, as many as fit', 0).default(0))
    .addOption(seedOption('of the examples drawn').default(0))
    .addOption(whole('--limit <n>', 'ask the first n items alone', 1))
    .addOption(
      whole('--stride <n>', 'new tokens scored per window of a text (default: the context of the model)', 1),
    )
    .option('--skip-bad-rows', 'leave rows out that cannot be read, and count them')
    .option('--samples <file>', 'log of every item, as JSONL')
    .option('--resume', 'go on with the log')
    .option('--rescore <file>', 'judge a log again, without a model');
  return addBackendOptions(addModelOptions(command))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt eval --list
  gpt eval --model runs/gpt2 --task lambada --data lambada_test.jsonl
  gpt eval --model runs/gpt2 --task arc-easy --data ARC/ --shots 8 --seed 1 --samples arc.jsonl
  gpt eval --model runs/gpt2 --task arc-easy --data ARC/ --shots 8 --seed 1 --samples arc.jsonl --resume
  gpt eval --task arc-easy --data ARC/ --rescore arc.jsonl --json
  gpt eval --endpoint http://localhost:8000/v1/completions --served-model gpt2 --tokenizer gpt2 --n-ctx 1022 \\
           --task lambada --data lambada_test.jsonl

An endpoint is asked with the key in OPENAI_API_KEY, if there is one.`,
    )
    .action(async (flags: EvalFlags) => {
      if (flags.list) return list(flags);
      if (flags.task === undefined || flags.data === undefined) {
        const expected = 'called with --task and --data, or with --list';
        const received = flags.task === undefined ? 'no --task' : 'no --data';
        throw new InvalidArgumentError({ argument: 'gpt eval', expected, received });
      }
      const task = findTask(flags.task);
      const data = await readTaskData(task, { ...flags, data: flags.data });
      if (data.skipped > 0) printNote(`${data.skipped} rows cannot be read and are left out.`);
      const result = flags.rescore
        ? await judgeAgain(task, data, flags.rescore)
        : await run(task, data, flags);
      if (result === undefined) return;
      if (flags.json) printJson({ ...result, skippedRows: data.skipped });
      else for (const line of resultLines(result)) printResult(line);
    });
}

function list({ json }: EvalFlags): void {
  if (json)
    printJson(
      tasks.map(({ name, version, title, paper, kind, files, inContext }) => ({
        ...{ name, version, title, paper, kind, files },
        shots: inContext?.k,
      })),
    );
  else for (const line of taskLines(tasks)) printResult(line);
}

async function judgeAgain(task: Task, { documents }: TaskData, path: string): Promise<EvaluationResult> {
  const log = await new EvalLog(path).read();
  if (log === undefined) {
    throw new InvalidArgumentError({
      argument: '--rescore',
      expected: 'the log of an evaluation',
      received: path,
    });
  }
  assertSame('task', log.setup.task, task.name, path);
  return rescore(task, documents, log.samples, log.setup);
}

/** The result, or nothing when Ctrl-C came first. */
async function run(task: Task, data: TaskData, flags: EvalFlags): Promise<EvaluationResult | undefined> {
  const { shots, seed, limit, stride } = flags;
  const asked = await openModel(flags);
  const setup: EvalSetup = {
    ...{ task: task.name, version: task.version, model: asked.name },
    ...{ shots, seed, limit, stride, files: data.files },
  };
  using interrupt = interruptible();
  const { log, answered } = await openLog(flags, setup);
  const view = new CountLine('items');
  const tokens = new CountLine('tokens');
  try {
    using open = await asked.load();
    const { model, codec } = open;
    const { documents, pool } = data;
    const { signal } = interrupt;
    const onTokens = (scored: number, all: number) => tokens.show(scored, all);
    for await (const event of evaluate({
      ...{ task, documents, pool, model, codec, shots, seed, limit, stride },
      ...{ answered, onTokens, signal },
    })) {
      if (event.type === 'eval-end') return event.result;
      if (answered.has(event.sample.index)) continue;
      await log?.add(event.sample);
      view.show(event.done, event.items);
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    const how = log ? 'Go on with the same command and --resume.' : 'Nothing is kept without --samples.';
    printNote(`Stopped. ${how}`);
    process.exitCode = 130;
  } finally {
    view.close();
    tokens.close();
  }
  return undefined;
}

/** The log, if one is wanted, and what it holds already. */
async function openLog(
  { samples, resume }: EvalFlags,
  setup: EvalSetup,
): Promise<{ log?: EvalLog; answered: Map<number, SampleRecord> }> {
  const answered = new Map<number, SampleRecord>();
  if (samples === undefined) {
    if (!resume) return { answered };
    throw new InvalidArgumentError({
      argument: '--resume',
      expected: 'used with --samples',
      received: 'none',
    });
  }
  const log = new EvalLog(samples);
  const before = await log.read();
  if (before !== undefined && !resume) {
    throw new InvalidArgumentError({
      argument: '--samples',
      expected: 'a file that is not there yet',
      received: samples,
      hint: 'Go on with it by --resume, or choose another.',
    });
  }
  for (const [name, value] of Object.entries(before?.setup ?? {})) {
    assertSame(name, value, setup[name as keyof EvalSetup], samples);
  }
  for (const sample of before?.samples ?? []) answered.set(sample.index, sample);
  await log.begin(setup, [...answered.values()]);
  return { log, answered };
}

function assertSame(name: string, before: unknown, now: unknown, path: string): void {
  if (JSON.stringify(before) === JSON.stringify(now)) return;
  throw new InvalidArgumentError({
    argument: name,
    expected: `that of ${path}, ${JSON.stringify(before)}`,
    received: now,
    hint: 'Use the same options, or another log.',
  });
}
