/** `gpt bench`: how fast this machine is, row by row, each beside something measured at the same time. */
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import { type BackendFlags, SIMD_VARIANTS } from '../backend.js';
import { rowLine, table } from '../bench/bench-row.js';
import { type Machine, machine } from '../bench/machine.js';
import { matMulSummary } from '../bench/mat-mul.js';
import { runJobs } from '../bench/run-jobs.js';
import { jobsOf, type SuiteName } from '../bench/suites.js';
import { printJson, printNote, printResult } from '../io.js';
import { count, jsonOption } from '../options.js';
import { benchTokenizerCommand } from './tokenizer/bench.js';

interface BenchFlags extends BackendFlags {
  only?: string;
  rounds: number;
  json?: boolean;
}

export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure this machine: each figure beside one taken at the same time.')
    .addHelpText(
      'after',
      '\nExamples:\n  gpt bench kernels --only fork\n  gpt bench train --json\n  gpt bench tokenizer --quick',
    )
    .addCommand(
      suiteCommand('kernels')
        .description('Products against the multiply-add ceiling, ops against tfjs, threads, attention.')
        .addHelpText(
          'after',
          '\nExamples:\n  gpt bench kernels\n  gpt bench kernels --only matmul --threads 1 --json',
        ),
    )
    .addCommand(
      suiteCommand('train')
        .description('Whole training steps, and the memory they take. Needs 4 GiB.')
        .addHelpText(
          'after',
          '\nExamples:\n  gpt bench train\n  gpt bench train --only shakespeare --rounds 21',
        ),
    )
    .addCommand(
      suiteCommand('generate')
        .description('Reading a prompt and writing a token, against the machine. Needs 2 GiB.')
        .addHelpText(
          'after',
          '\nExamples:\n  gpt bench generate --threads 2\n  gpt bench generate --only decode --json',
        ),
    )
    .addCommand(
      suiteCommand('evaluate', 1)
        .description('Few-shot scores, with and without reuse of what prompts have in common.')
        .addHelpText(
          'after',
          '\nExamples:\n  gpt bench evaluate --threads 2\n  gpt bench evaluate --only "one draw" --json',
        ),
    )
    .addCommand(benchTokenizerCommand());
}

function suiteCommand(suite: SuiteName, rounds = 11): Command {
  return new Command(suite)
    .addOption(new Option('--only <text>', 'rows whose name or shape contains this'))
    .addOption(new Option('--rounds <n>', 'slices of each side').argParser(count(1)).default(rounds))
    .addOption(new Option('--threads <n>', 'this many alone (default: 1 and 2)').argParser(count(1)))
    .addOption(
      new Option('--simd <kind>', 'this build of the kernels alone (default: both)').choices(SIMD_VARIANTS),
    )
    .addOption(jsonOption())
    .action(async (flags: BenchFlags) => await bench(suite, flags));
}

async function bench(suite: SuiteName, { threads, simd, rounds, only, json }: BenchFlags): Promise<void> {
  const before = machine();
  const jobs = jobsOf(suite, {
    threads: threads === undefined ? [1, 2].filter((n) => n <= availableParallelism()) : [threads],
    variants: simd === undefined ? SIMD_VARIANTS : [simd],
    rounds,
    only,
  });
  const measured = await runJobs(jobs, (row) => printNote(rowLine(row)));
  const rows = [...measured, ...matMulSummary(measured)];
  const where: Machine = { ...before, simd: [...new Set(rows.map(({ variant }) => variant))] };
  if (json) printJson({ machine: where, rows });
  else {
    const { cpu, cores, node, load } = where;
    printResult(`${cpu}, ${cores} cores, Node ${node}, load ${load}\n\n${table(rows)}`);
  }
}
