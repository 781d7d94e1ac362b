/**
 * Everything a run needs to go on, in one file, so that a crash leaves a whole checkpoint: the old one or the new one.
 *
 * `checkpoint.safetensors` holds `model.NAME`, `exp_avg.NAME` and `exp_avg_sq.NAME` for every parameter, and the step,
 * the model's config and the recipe as text. Batches are functions of seed and step, so no generator state is needed.
 */
import {
  decodeSafetensors,
  encodeSafetensors,
  InvalidFileError,
  type PlainTensor,
  type Storage,
} from '@gpt-ts/core';
import { GPT, type GPTConfig, gptConfigFromJson, gptConfigToJson, parameterValues } from '@gpt-ts/model';
import { Optimizer } from './optimizer.js';
import { checkRecipe, type Recipe } from './recipe.js';

/** Name of the checkpoint in a run's storage. */
export const CHECKPOINT_FILE = 'checkpoint.safetensors';
const FORMAT = 'gpt-ts checkpoint 1';

/** The state of a run between two updates. */
export interface TrainState {
  model: GPT;
  optimizer: Optimizer;
  recipe: Recipe;
  /** Updates finished. */
  step: number;
}

/** Writes the state; the file is replaced at once. */
export async function saveCheckpoint(state: TrainState, storage: Storage): Promise<void> {
  const { model, optimizer, recipe, step } = state;
  const tensors = new Map<string, PlainTensor>();
  for (const [name, value] of await model.values()) tensors.set(`model.${name}`, value);
  for (const [name, { m, v }] of optimizer.moments) {
    tensors.set(`exp_avg.${name}`, { shape: m.shape, data: (await m.data()) as Float32Array });
    tensors.set(`exp_avg_sq.${name}`, { shape: v.shape, data: (await v.data()) as Float32Array });
  }
  const metadata = new Map([
    ['format', FORMAT],
    ['step', `${step}`],
    ['config', JSON.stringify(gptConfigToJson(model.config))],
    ['recipe', JSON.stringify(recipe)],
  ]);
  await storage.write(CHECKPOINT_FILE, encodeSafetensors(tensors, metadata));
}

/**
 * Rebuilds the state of a run.
 *
 * @param check - Sees config and recipe before the first tensor is made; what it throws ends the loading.
 * @throws InvalidFileError when there is no checkpoint, or it is damaged.
 */
export async function loadCheckpoint(
  storage: Storage,
  check?: (config: GPTConfig, recipe: Recipe) => void,
): Promise<TrainState> {
  const bytes = await storage.read(CHECKPOINT_FILE);
  if (bytes === undefined) {
    throw new InvalidFileError({
      file: CHECKPOINT_FILE,
      problem: 'there is no checkpoint to resume from',
      hint: 'A run writes its first one when it starts; choose the folder of a run.',
    });
  }
  const { tensors, metadata } = decodeSafetensors(bytes, CHECKPOINT_FILE);
  const fail = (field: string, problem: string): never => {
    throw new InvalidFileError({ file: CHECKPOINT_FILE, field, problem });
  };
  if (metadata.get('format') !== FORMAT) fail('format', `expected "${FORMAT}"`);
  const count = metadata.get('step') ?? 'nothing';
  const step = /^\d+$/.test(count) ? Number(count) : Number.NaN;
  if (!Number.isSafeInteger(step)) fail('step', `expected a count, got ${count}`);
  const json = (field: string): unknown => {
    try {
      return JSON.parse(metadata.get(field) ?? '');
    } catch {
      return fail(field, 'not valid JSON');
    }
  };
  const config = gptConfigFromJson(json('config'), `${CHECKPOINT_FILE}: config`);
  const recipe = checkRecipe(json('recipe') as Recipe, `${CHECKPOINT_FILE}: recipe`);
  check?.(config, recipe);
  const [model, m, v] = ['model', 'exp_avg', 'exp_avg_sq'].map((part) => section(tensors, part, config));
  const gpt = GPT.fromValues(config, model);
  const moments = new Map(
    [...gpt.parameters.keys()].map((name) => [name, { m: m.get(name)!, v: v.get(name)! }]),
  );
  return { model: gpt, optimizer: new Optimizer(gpt.parameters, recipe, moments), recipe, step };
}

function section(
  tensors: ReadonlyMap<string, PlainTensor>,
  part: string,
  config: GPTConfig,
): Map<string, Float32Array> {
  const named = [...tensors].filter(([name]) => name.startsWith(`${part}.`));
  const stripped = new Map(named.map(([name, value]) => [name.slice(part.length + 1), value]));
  return parameterValues(stripped, config, `${CHECKPOINT_FILE}: ${part}`);
}
