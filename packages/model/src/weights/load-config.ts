import type { Storage } from '@gpt-ts/core';
import type { GPTConfig } from '../gpt-config.js';
import { configFields, gptConfigFromJson } from './config-json.js';
import { OpenFiles } from './files/open-files.js';
import { readJson } from './files/read-json.js';
import { CONFIG_FILE, INDEX_FILE, WEIGHTS_FILE } from './files/weight-files.js';
import { assertHeads, type ModelSource, openModel, saysHead } from './open-model.js';

/**
 * Reads the config of a model alone. The weights are looked at only where `config.json` is missing, or leaves open whether
 * the head is tied.
 *
 * @throws InvalidFileError when there is no model.
 * @throws InvalidConfigError naming file, field and value.
 * @throws InvalidArgumentError when `nHead` is missing, or not what the files say.
 */
export async function loadConfig(storage: Storage, source: ModelSource = {}): Promise<GPTConfig> {
  const { file, nHead } = source;
  const json = file?.endsWith('.bin') ? undefined : await readJson(storage, CONFIG_FILE);
  if (json !== undefined) {
    const config = gptConfigFromJson(json, CONFIG_FILE);
    const weights = file === undefined ? [WEIGHTS_FILE, INDEX_FILE] : [file];
    if (saysHead(configFields(json, CONFIG_FILE)) || !(await hasAny(storage, weights))) {
      assertHeads(config, nHead);
      return config;
    }
  }
  await using opened = new OpenFiles();
  return (await openModel(storage, opened, source)).config;
}

async function hasAny(storage: Storage, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    await using file = await storage.open(name);
    if (file !== undefined) return true;
  }
  return false;
}
