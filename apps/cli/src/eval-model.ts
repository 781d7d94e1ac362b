/** The model that is asked: one on disk, or one that is served. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, type LanguageModel } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { languageModel } from '@gpt-ts/model';
import type { TextCodec } from '@gpt-ts/tasks';
import { openAiLanguageModel } from '@gpt-ts/tasks/openai';
import { loadTokenizer } from '@gpt-ts/tokenizer';
import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
import { type Command, Option } from 'commander';
import { type BackendFlags, startBackend } from './backend.js';
import { count } from './options.js';
import { inFolder, loadRun } from './run-folder.js';

/** Values of {@link addModelOptions}. */
export interface ModelFlags extends BackendFlags {
  model?: string;
  endpoint?: string;
  servedModel?: string;
  tokenizer?: string;
  nCtx?: number;
}

/** `--model`, or `--endpoint` and what goes with it. */
export function addModelOptions(command: Command): Command {
  return command
    .option('--model <dir>', 'run folder: config.json, model.safetensors, tokenizer')
    .option('--endpoint <url>', 'address of an OpenAI-compatible /v1/completions')
    .option('--served-model <name>', 'with --endpoint: the name of the model there')
    .option('--tokenizer <dir>', "with --endpoint: the model's tokenizer, a folder or gpt2")
    .addOption(
      new Option('--n-ctx <n>', 'with --endpoint: its longest input, less 2')
        .argParser(count(1))
        .default(1022),
    );
}

/** A model that can be asked, with its tokenizer. Dispose it. */
interface OpenModel extends Disposable {
  model: LanguageModel;
  codec: TextCodec;
}

/** A model that is known by name, and has yet to be loaded. */
export interface NamedModel {
  /** Another model in the same place has another name. */
  name: string;
  load(): Promise<OpenModel>;
}

/** @throws InvalidArgumentError unless the flags name one model. */
export async function openModel(flags: ModelFlags): Promise<NamedModel> {
  const { model: folder, endpoint } = flags;
  if (folder !== undefined && endpoint === undefined) {
    return { name: await fingerprint(folder), load: () => onDisk(folder, flags) };
  }
  if (endpoint !== undefined && folder === undefined) return await served(endpoint, flags);
  throw new InvalidArgumentError({
    argument: 'gpt eval',
    expected: 'called with one of --model and --endpoint',
    received: folder === undefined ? 'none' : 'both',
  });
}

async function fingerprint(folder: string): Promise<string> {
  const info = await stat(join(folder, 'model.safetensors')).catch(() => undefined);
  return [resolve(folder), ...(info ? [info.size, info.mtimeMs] : [])].join(' ');
}

async function onDisk(folder: string, flags: BackendFlags): Promise<OpenModel> {
  await startBackend(flags);
  const { model, tokenizer } = await loadRun(folder);
  const decode = (ids: readonly number[]) => tokenizer.decode(ids);
  return {
    model: languageModel(model, { nDrawable: tokenizer.nVocab, decode }),
    codec: tokenizer,
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

async function served(url: string, { servedModel, tokenizer, nCtx = 1022 }: ModelFlags): Promise<NamedModel> {
  if (servedModel === undefined || tokenizer === undefined) {
    const expected = 'called with --served-model and --tokenizer where there is an --endpoint';
    throw new InvalidArgumentError({ argument: 'gpt eval', expected, received: 'one missing' });
  }
  const codec =
    tokenizer === 'gpt2'
      ? gpt2()
      : await inFolder(tokenizer, () => loadTokenizer(new FolderStorage(tokenizer)));
  const apiKey = process.env.OPENAI_API_KEY || undefined;
  const { nVocab } = codec;
  const model = openAiLanguageModel({ url, model: servedModel, codec, nCtx, nVocab, apiKey });
  return {
    name: `${servedModel} at ${new URL(url).origin}`,
    load: async () => ({ model, codec, [Symbol.dispose]() {} }),
  };
}
