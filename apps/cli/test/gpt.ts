/** Runs the built `gpt` as a user would: another process, its exit code, what it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Printed {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs to the end. */
export async function gpt(...args: string[]): Promise<Printed> {
  return await startGpt(...args).done;
}

/** Starts, so that a test can interrupt. */
export function startGpt(...args: string[]): { child: ChildProcess; done: Promise<Printed> } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Printed = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (printed.stdout += data));
  child.stderr.on('data', (data) => (printed.stderr += data));
  const done = once(child, 'close').then(([code]) => ({ ...printed, code }));
  return { child, done };
}

/** A new empty folder. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gpt-ts-'));
}

/** Some lines of text to train on: the same every time, with structure to learn. */
export function sampleText(lines: number): string {
  const words = ['red', 'green', 'blue', 'cat', 'dog', 'runs', 'sleeps', 'and', 'then', 'sings'];
  let state = 1;
  const next = () => words[(state = (state * 48271) % 2147483647) % words.length];
  return Array.from({ length: lines }, () => `${Array.from({ length: 8 }, next).join(' ')}.\n`).join('');
}

/** Waits until something is so; the condition is asked again and again without a pause worth naming. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

/** What a run did, from its log: updates, evaluations and samples, without times and what depends on them. */
export function deeds(folder: string): string[] {
  const lines = readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ type }) => ['step-end', 'eval-end', 'sample-end'].includes(type))
    .map(({ elapsedMs: _, tokensPerSecond: _1, ceilingShare: _2, memoryBytes: _3, ...rest }) =>
      JSON.stringify(rest),
    );
}

/** The bytes of a run's model and checkpoints, by name. */
export function weights(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.safetensors'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name))]));
}
