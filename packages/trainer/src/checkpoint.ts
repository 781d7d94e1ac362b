/**
 * Everything a run needs to go on, in one file, so that a crash leaves a whole checkpoint: the old one or the new one.
 *
 * `checkpoint.safetensors` holds `model.NAME`, `exp_avg.NAME` and `exp_avg_sq.NAME` for every parameter, and the step,
 * the model's config and the recipe as text. Batches are functions of seed and step, so no generator state is needed.
 */
import {
  InvalidFileError,
  type LazyTensor,
  openSafetensors,
  type Storage,
  type StoredFile,
  streamSafetensors,
  type TensorEntry,
  tensorPieces,
} from '@gpt-ts/core';
import { emptyParameter, type Parameter, writeParameter } from '@gpt-ts/kernels';
import {
  GPT,
  type GPTConfig,
  gptConfigFromJson,
  gptConfigToJson,
  parameterParts,
  parameterShapes,
} from '@gpt-ts/model';
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
  const tensors = new Map<string, LazyTensor>();
  for (const [name, value] of model.parameters) tensors.set(`model.${name}`, lazy(value));
  for (const [name, { m, v }] of optimizer.moments) {
    tensors.set(`exp_avg.${name}`, lazy(m)).set(`exp_avg_sq.${name}`, lazy(v));
  }
  const metadata = new Map([
    ['format', FORMAT],
    ['step', `${step}`],
    ['config', JSON.stringify(gptConfigToJson(model.config))],
    ['recipe', JSON.stringify(recipe)],
  ]);
  await storage.write(CHECKPOINT_FILE, streamSafetensors(tensors, metadata));
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
  await using file = await storage.open(CHECKPOINT_FILE);
  if (file === undefined) {
    throw new InvalidFileError({
      file: CHECKPOINT_FILE,
      problem: 'there is no checkpoint to resume from',
      hint: 'A run writes its first one when it starts; choose the folder of a run.',
    });
  }
  const { entries, metadata } = await openSafetensors(file, CHECKPOINT_FILE);
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
  const parts = SECTIONS.flatMap((section) => sectionParts(section, file, entries, config));
  const shapes = [...parameterShapes(config)];
  const parameters = new Map(shapes.map(([name, shape]) => [name, emptyParameter(shape)]));
  const model = GPT.fromParameters(config, parameters);
  const optimizer = new Optimizer(parameters, recipe);
  try {
    for await (const { part, offset, values } of tensorPieces(parts)) {
      const { m, v } = optimizer.moments.get(part.parameter)!;
      const target = { model: parameters.get(part.parameter)!, exp_avg: m, exp_avg_sq: v }[part.section];
      writeParameter(target, offset, values);
    }
  } catch (error) {
    optimizer[Symbol.dispose]();
    model[Symbol.dispose]();
    throw error;
  }
  return { model, optimizer, recipe, step };
}

/** A parameter that is fetched from the backend when it is written. */
function lazy(parameter: Parameter): LazyTensor {
  return {
    dtype: 'F32',
    shape: parameter.shape,
    async *chunks() {
      const { buffer, byteOffset, byteLength } = await parameter.data();
      yield new Uint8Array(buffer, byteOffset, byteLength);
    },
  };
}

/** What there is of each parameter. */
const SECTIONS = ['model', 'exp_avg', 'exp_avg_sq'] as const;

function sectionParts(
  section: (typeof SECTIONS)[number],
  file: StoredFile,
  entries: ReadonlyMap<string, TensorEntry>,
  config: GPTConfig,
) {
  const named = [...entries].filter(([name]) => name.startsWith(`${section}.`));
  const bare = new Map(named.map(([name, entry]) => [name.slice(section.length + 1), entry]));
  const parts = parameterParts(file, bare, config, `${CHECKPOINT_FILE}: ${section}`);
  return parts.map((part) => ({ ...part, section }));
}
