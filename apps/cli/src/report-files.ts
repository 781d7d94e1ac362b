/** A run's pictures on disk. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { unreadable } from '@gpt-ts/data/node';
import { type Run, readLogStream, reportHtml } from '@gpt-ts/report';
import { LOG_FILE } from '@gpt-ts/trainer';
import { TASK_FILE } from './finetune-run.js';
import { printNote } from './io.js';
import { RUN_FILE } from './run-folder.js';

const REPORT_FILE = 'report.html';

/** A run's log. */
export async function readRunLog(folder: string): Promise<Run> {
  const file = join(folder, LOG_FILE);
  try {
    return await readLogStream(createReadStream(file), { file });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw unreadable(file, error);
  }
}

/** Writes `report.html` and gives its path. */
export async function writeReport(folder: string): Promise<string> {
  const storage = new FolderStorage(folder);
  const page = reportHtml(await readRunLog(folder), { title: folder, facts: await factsOf(storage) });
  await storage.write(REPORT_FILE, [new TextEncoder().encode(page)]);
  return join(folder, REPORT_FILE);
}

/** The page after training; a model that was trained is not lost over a picture. */
export async function drawRun(folder: string): Promise<string | undefined> {
  try {
    return await writeReport(folder);
  } catch (error) {
    printNote(`report.html could not be written: ${(error as Error).message}`);
    return undefined;
  }
}

/** What a run was asked to do. */
async function factsOf(storage: FolderStorage): Promise<object> {
  for (const name of [RUN_FILE, TASK_FILE]) {
    const bytes = await storage.read(name, { maxBytes: 2 ** 24 });
    if (bytes === undefined) continue;
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch (cause) {
      throw new InvalidFileError({ file: join(storage.folder, name), problem: 'not valid JSON', cause });
    }
  }
  return {};
}
