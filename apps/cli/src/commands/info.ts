/** `gpt info`: what this machine and a run folder offer. */
import { availableParallelism } from 'node:os';
import { FolderStorage } from '@gpt-ts/core/node';
import { countParameters, loadConfig, presets } from '@gpt-ts/model';
import { Command } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { printJson, printResult } from '../io.js';
import { jsonOption } from '../options.js';
import { inFolder } from '../run-folder.js';

interface InfoFlags extends BackendFlags {
  model?: string;
  json?: boolean;
}

export function infoCommand(): Command {
  const command = new Command('info')
    .description('Show the backend, the presets, or what a run folder holds.')
    .option('--model <dir>', 'run folder');
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  gpt info\n  gpt info --model runs/stories --json')
    .action(async (flags: InfoFlags) => {
      const info = flags.model === undefined ? await machineInfo(flags) : await modelInfo(flags.model);
      if (flags.json) printJson(info);
      else printResult(lines(info));
    });
}

async function machineInfo(flags: InfoFlags): Promise<object> {
  const backend = await startBackend(flags);
  const about = Object.fromEntries(Object.entries(presets).map(([name, { about }]) => [name, about]));
  return {
    node: process.version,
    cores: availableParallelism(),
    ...backend,
    memoryLimitGiB: backend.memoryLimitBytes / 2 ** 30,
    presets: about,
  };
}

async function modelInfo(folder: string): Promise<object> {
  const config = await inFolder(folder, () => loadConfig(new FolderStorage(folder)));
  return { model: folder, parameters: countParameters(config), config };
}

function lines(fields: object, indent = ''): string {
  return Object.entries(fields)
    .map(([name, value]) =>
      typeof value === 'object'
        ? `${indent}${name}\n${lines(value, `${indent}  `)}`
        : `${indent}${name.padEnd(18)} ${value}`,
    )
    .join('\n');
}
