/** `log.jsonl`: one line an event, so that curves can be drawn later and two runs compared digit for digit. */
import type { Storage } from '@gpt-ts/core';
import type { EvalEnd, StepEnd } from './events.js';

/** Name of the log in a run's storage. */
export const LOG_FILE = 'log.jsonl';

/** Adds one event. */
export async function appendLog(storage: Storage, event: StepEnd | EvalEnd): Promise<void> {
  await storage.append(LOG_FILE, new TextEncoder().encode(`${JSON.stringify(event)}\n`));
}

/** Drops what came after `step`: a resumed run writes it again. A last line cut short by a crash goes too. */
export async function truncateLog(storage: Storage, step: number): Promise<void> {
  const bytes = await storage.read(LOG_FILE);
  if (bytes === undefined) return;
  const kept = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => isUpTo(line, step));
  await storage.write(LOG_FILE, [new TextEncoder().encode(kept.map((line) => `${line}\n`).join(''))]);
}

function isUpTo(line: string, step: number): boolean {
  try {
    const event = JSON.parse(line) as StepEnd | EvalEnd;
    return event.type === 'step-end' ? event.step <= step : event.step < step; // evaluated again
  } catch {
    return false;
  }
}
