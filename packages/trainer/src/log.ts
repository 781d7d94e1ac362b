/** `log.jsonl`: one line an event, so that curves can be drawn later and two runs compared digit for digit. */
import type { Storage } from '@gpt-ts/core';
import type { TrainEvent } from './events.js';

/** Name of the log in a run's storage. */
export const LOG_FILE = 'log.jsonl';

/** Adds one event. */
export async function appendLog(storage: Storage, event: TrainEvent): Promise<void> {
  await storage.append(LOG_FILE, new TextEncoder().encode(`${JSON.stringify(event)}\n`));
}

/** Drops what came after the checkpoint of `step`: a resumed run writes it again. A last line cut short goes too. */
export async function truncateLog(storage: Storage, step: number): Promise<void> {
  const bytes = await storage.read(LOG_FILE);
  if (bytes === undefined) return;
  const kept = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => isBefore(line, step));
  await storage.write(LOG_FILE, [new TextEncoder().encode(kept.map((line) => `${line}\n`).join(''))]);
}

function isBefore(line: string, step: number): boolean {
  try {
    const event = JSON.parse(line) as TrainEvent;
    const again = ['eval-end', 'sample-end', 'train-end'].includes(event.type) || isPlateau(event);
    return again ? event.step < step : event.step <= step;
  } catch {
    return false;
  }
}

/** A plateau is noticed by an evaluation, which is made again. */
const isPlateau = (event: TrainEvent) => event.type === 'warning' && event.kind === 'plateau';
