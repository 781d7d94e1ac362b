/** Runs the built `gpt` as a user would: another process, its exit code, what it printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
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
