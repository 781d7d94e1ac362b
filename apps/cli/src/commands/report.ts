/** `gpt report`: the curves of a run. */
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { summaryOf, tensorBoardEvents, tensorBoardFile } from '@gpt-ts/report';
import { Command } from 'commander';
import { printJson, printResult } from '../io.js';
import { jsonOption } from '../options.js';
import { readRunLog, writeReport } from '../report-files.js';

interface ReportFlags {
  tensorboard?: boolean;
  json?: boolean;
}

export function reportCommand(): Command {
  return new Command('report')
    .description("Draw a run's log as a page, report.html, that needs no network.")
    .argument('<dir>', 'run folder')
    .option('--tensorboard', 'write an event file for TensorBoard as well')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt report runs/book
  gpt report runs/book --tensorboard
  gpt report runs/book --json`,
    )
    .action(async (folder: string, flags: ReportFlags) => {
      const run = await readRunLog(folder);
      const files = [await writeReport(folder)];
      if (flags.tensorboard) {
        const startTime = Date.now();
        const name = tensorBoardFile({ startTime });
        await new FolderStorage(folder).write(name, [tensorBoardEvents(run, { startTime })]);
        files.push(join(folder, name));
      }
      const summary = summaryOf(run);
      if (flags.json) {
        printJson({ ...summary, files });
        return;
      }
      for (const [name, value] of Object.entries(summary)) {
        if (value !== undefined) printResult(`${name.padEnd(18)} ${show(value)}`);
      }
      for (const file of files) printResult(`Written: ${file}`);
    });
}

function show(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return `${Number(value.toPrecision(5))}`;
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
}
