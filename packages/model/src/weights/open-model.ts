/** Finds out what a folder holds, and where each parameter lies in it, without reading a value. */
import { InvalidArgumentError, InvalidFileError, isFloatEntry, type Storage } from '@gpt-ts/core';
import type { GPTConfig } from '../gpt-config.js';
import { configFromTensors } from './config-from-tensors.js';
import { configFields } from './config-json.js';
import type { FoundTensor } from './files/found-tensor.js';
import { gpt1Config, openGpt1Release } from './files/gpt1-release.js';
import { inOrder } from './files/in-order.js';
import { LLM_C_HEADER_BYTES, readLlmCHeader } from './files/llm-c-file.js';
import type { OpenFiles } from './files/open-files.js';
import { openSafetensorsFiles } from './files/open-safetensors-files.js';
import { readJson } from './files/read-json.js';
import { CONFIG_FILE, GPT1_SHAPES_FILE, LLM_C_FILE, WEIGHTS_FILE } from './files/weight-files.js';
import { layoutOfConfig } from './layouts/all-layouts.js';
import type { FileTensor, Layout, LayoutName } from './layouts/layout.js';
import { llmCLayout } from './layouts/llm-c.js';
import { nanogptLayout } from './layouts/nanogpt.js';
import { bareName, bareNames, matchTensors, type ParameterPart, partsByParameter } from './match-tensors.js';
import { sameValues } from './same-values.js';

/** Which files of a storage are the model. */
export interface ModelSource {
  /** The file with the weights, when it has a name of its own: safetensors, or `.bin` of llm.c. */
  file?: string;
  /** Heads of a nanoGPT model that comes without a config. Where the files say it, they must say the same. */
  nHead?: number;
}

/** A model in files. Dispose it to close them. */
export interface StoredModel {
  /** What the files are: a layout, or OpenAI's GPT-1 release. */
  readonly layout: LayoutName | 'gpt1-release';
  readonly config: GPTConfig;
  /** Where the parameters lie, in the order of the model. */
  readonly parts: readonly ParameterPart[];
}

/**
 * Opens a model; its files belong to `opened` from here on.
 *
 * @param sees - Called with the config before the weights are looked for.
 * @throws InvalidFileError when a file is missing, damaged, or does not hold exactly the tensors of the config.
 * @throws InvalidConfigError naming file, field and value.
 * @throws InvalidArgumentError when `nHead` is missing, or not what the files say.
 */
export async function openModel(
  storage: Storage,
  opened: OpenFiles,
  { file, nHead }: ModelSource = {},
  sees: (config: GPTConfig) => void = () => {},
): Promise<StoredModel> {
  const check = (config: GPTConfig) => {
    assertHeads(config, nHead);
    sees(config);
  };
  if (file?.endsWith('.bin')) {
    const model = await openLlmC(storage, opened, file, check);
    if (model !== undefined) return model;
    throw new InvalidFileError({ file, problem: 'the file is missing' });
  }
  const json = await readJson(storage, CONFIG_FILE);
  if (json !== undefined) {
    const fields = configFields(json, CONFIG_FILE);
    const layout = layoutOfConfig(fields, CONFIG_FILE);
    const config = layout.readConfig(fields, CONFIG_FILE);
    check(config);
    const found = await openSafetensorsFiles(storage, opened, file);
    const whole = saysHead(fields) ? config : await withHead(config, found, layout);
    check(whole);
    return matched(found, layout, whole, file);
  }
  if (file !== undefined) {
    const found = await openSafetensorsFiles(storage, opened, file);
    const config = configFromTensors(found, file, nHead);
    check(config);
    const whole = await withHead(config, found, nanogptLayout);
    check(whole);
    return matched(found, nanogptLayout, whole, file);
  }
  const model = await openLlmC(storage, opened, LLM_C_FILE, check);
  if (model !== undefined) return model;
  const shapes = await readJson(storage, GPT1_SHAPES_FILE);
  if (shapes !== undefined) {
    const { config, tensors } = gpt1Config(shapes);
    check(config);
    const found = await openGpt1Release(storage, opened, tensors);
    return { layout: 'gpt1-release', config, parts: unnamed(found, tensors, config) };
  }
  throw new InvalidFileError({
    file: CONFIG_FILE,
    problem: 'the file is missing',
    hint: 'A model folder holds config.json and model.safetensors; `gpt train --out DIR` makes one.',
  });
}

/** Throws when `nHead` is given to a model whose files say it, and say something else. */
export function assertHeads(config: GPTConfig, nHead: number | undefined): void {
  if (nHead === undefined || nHead === config.nHead) return;
  const expected = `left out, or ${config.nHead} as the files of the model say`;
  throw new InvalidArgumentError({ argument: 'nHead', expected, received: nHead });
}

function matched(
  found: ReadonlyMap<string, FoundTensor>,
  layout: Layout,
  config: GPTConfig,
  fileName = WEIGHTS_FILE,
): StoredModel {
  const wanted = { tensors: layout.tensors(config), layout, nLayer: config.nLayer, fileName };
  return { layout: layout.name, config, parts: inOurOrder(matchTensors(found, wanted)) };
}

async function openLlmC(
  storage: Storage,
  opened: OpenFiles,
  fileName: string,
  check: (config: GPTConfig) => void,
): Promise<StoredModel | undefined> {
  const file = await storage.open(fileName);
  if (file === undefined) return undefined;
  opened.add(file);
  const { config, dtype, tensors } = await readLlmCHeader(file, fileName);
  check(config);
  const found = inOrder(tensors, { file, fileName, begin: LLM_C_HEADER_BYTES, dtype });
  return { layout: 'llm.c', config, parts: unnamed(found, tensors, config) };
}

function unnamed(
  found: ReadonlyMap<string, FoundTensor>,
  tensors: readonly FileTensor[],
  { nLayer }: GPTConfig,
): ParameterPart[] {
  return inOurOrder(matchTensors(found, { tensors, layout: llmCLayout, nLayer, fileName: LLM_C_FILE }));
}

/** Parts of one parameter behind each other. */
function inOurOrder(parts: readonly ParameterPart[]): ParameterPart[] {
  return [...partsByParameter(parts).values()].flat();
}

/** Whether a config leaves no doubt about the head. */
export function saysHead(fields: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof fields.tie_word_embeddings === 'boolean' || fields.joint_head === true || fields.head !== undefined
  );
}

/** The config, with the head untied when the files have one that is not the token table. */
async function withHead(
  config: GPTConfig,
  found: ReadonlyMap<string, FoundTensor>,
  layout: Layout,
): Promise<GPTConfig> {
  const bare = bareNames(found, layout);
  const copy = layout.tensors(config).find((tensor) => tensor.copy);
  const table = layout.tensors(config).find((tensor) => tensor.parameter === copy?.parameter && !tensor.copy);
  const [a, b] = [copy, table].map((tensor) => tensor && bare.get(bareName(tensor.name, layout)));
  if (a === undefined || b === undefined || a.entry.shape.join() !== b.entry.shape.join()) return config;
  if (!isFloatEntry(a.entry) || !isFloatEntry(b.entry)) return config; // refused when all are matched
  return (await sameValues(a, b)) ? config : { ...config, head: 'untied' };
}
