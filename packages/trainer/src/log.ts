/** `log.jsonl`: one line an event, so that curves can be drawn later and two runs compared digit for digit. */
import type { Storage } from '@gpt-ts/core';
import type { TrainEvent } from './events.js';

/** Name of the log in a run's storage. */
export const LOG_FILE = 'log.jsonl';

/** Adds one event. */
export async function appendLog(storage: Storage, event: TrainEvent): Promise<void> {
  await storage.append(LOG_FILE, new TextEncoder().encode(`${JSON.stringify(event)}\n`));
}

/** Drops what an earlier run left. */
export async function clearLog(storage: Storage): Promise<void> {
  await storage.remove(LOG_FILE);
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
    return isToldAgain(event) ? event.step < step : event.step <= step;
  } catch {
    return false;
  }
}

/** Is it told again by a run that is resumed at its step? All but updates, and what was said of them. */
function isToldAgain(event: TrainEvent): boolean {
  if (event.type === 'warning') return event.kind !== 'first-loss' && event.kind !== 'spike';
  return event.type !== 'step-end' && event.type !== 'train-start';
}
