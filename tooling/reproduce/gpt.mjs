/** `gpt` as the reproductions call it: a run that is there is gone on with, so a finished one is only read. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace.mjs';

/**
 * @param {'train' | 'finetune'} command
 * @param {string} out - Run folder.
 * @param {string} mark - The file in it that says that the run has begun.
 * @param {string[]} start - What a new run is told.
 * @returns {object} What `--json` prints.
 */
export function gpt(command, out, mark, start) {
  const args = existsSync(join(out, mark)) ? ['--resume'] : start;
  const all = [join(root, 'tooling/gpt.mjs'), command, ...args, '--json', '--out', out];
  const { status, stdout } = spawnSync(process.execPath, all, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`gpt ${command} ended with ${status}`);
  return JSON.parse(stdout);
}

/** The evaluations in a run's log. */
export function evaluationsOf(out) {
  const lines = readFileSync(join(out, 'log.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'eval-end');
}
