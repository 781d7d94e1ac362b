/** The state of a run between two updates, and the way it lies in a checkpoint. */
import { InvalidFileError } from '@gpt-ts/core';
import { emptyParameter, type Parameter } from '@gpt-ts/kernels';
import { type GPTConfig, gptConfigFromJson, gptConfigToJson } from '@gpt-ts/model';
import type { OpenCheckpoint } from './checkpoint/open-checkpoint.js';
import type { CheckpointContent } from './checkpoint/write-checkpoint.js';
import type { Objective, ObjectiveKind } from './objectives/objective.js';
import { Optimizer } from './optimizer.js';
import { checkProgress, type Progress } from './progress.js';
import { checkSettings, type TrainSettings } from './settings.js';
import { WeightAverage } from './weight-average.js';

/** Everything that the next update depends on, and the objective's data does not tell. */
export interface RunState<B> {
  objective: Objective<B>;
  optimizer: Optimizer;
  average?: WeightAverage;
  settings: TrainSettings;
  progress: Progress;
}

/** What a checkpoint keeps of a state. */
export function contentOf<B>(state: RunState<B>, files: ReadonlyMap<string, Uint8Array>): CheckpointContent {
  const { objective, settings } = state;
  const { step, sequences, tokens, best, stale, recent } = state.progress; // in this order, whoever made it
  const progress = { step, sequences, tokens, best, stale, recent };
  const metadata = new Map([
    ['objective', objective.kind],
    ['objective_settings', JSON.stringify(objective.settings())],
    ['config', JSON.stringify(gptConfigToJson(objective.gpt.config))],
    ['settings', JSON.stringify(settings)],
    ['progress', JSON.stringify(progress)],
  ]);
  return { metadata, tensors: tensorsOf(state), files };
}

/** `model.NAME`, `exp_avg.NAME`, `exp_avg_sq.NAME` and, where there is one, `average.NAME`. */
function tensorsOf<B>({ objective, optimizer, average }: RunState<B>): Map<string, Parameter> {
  const tensors = new Map<string, Parameter>();
  const put = (section: string, name: string, value: Parameter) => tensors.set(`${section}.${name}`, value);
  for (const [name, value] of objective.parameters) put('model', name, value);
  for (const [name, { m, v }] of optimizer.moments) {
    put('exp_avg', name, m);
    put('exp_avg_sq', name, v);
  }
  for (const [name, value] of average?.parameters ?? []) put('average', name, value);
  return tensors;
}

/**
 * The state that a checkpoint keeps.
 *
 * @param check - Sees config and settings before the first tensor is made; what it throws ends the loading.
 * @throws InvalidFileError when the checkpoint is of another kind of run.
 */
export async function readState<B>(
  kind: ObjectiveKind<B>,
  checkpoint: OpenCheckpoint,
  check: (config: GPTConfig, settings: TrainSettings) => void,
): Promise<RunState<B>> {
  const { file, metadata } = checkpoint;
  const found = metadata.get('objective');
  if (found !== kind.kind) {
    const problem = `is of a run of ${found ?? 'no known kind'}, not of ${kind.kind}`;
    throw new InvalidFileError({ file, field: 'objective', problem });
  }
  const json = (field: string): unknown => {
    try {
      return JSON.parse(metadata.get(field) ?? '');
    } catch (cause) {
      throw new InvalidFileError({ file, field, problem: 'not valid JSON', cause });
    }
  };
  const config = gptConfigFromJson(json('config'), `${file}: config`);
  const settings = checkSettings(json('settings'), `${file}: settings`);
  const progress = checkProgress(json('progress'), `${file}: progress`);
  check(config, settings);
  const objective = kind.restore(config, json('objective_settings'), `${file}: objective_settings`);
  const optimizer = new Optimizer(objective.parameters, settings);
  const average = settings.emaDecay
    ? new WeightAverage(empty(objective.parameters), settings.emaDecay)
    : undefined;
  const state = { objective, optimizer, average, settings, progress };
  try {
    await checkpoint.readInto(tensorsOf(state));
    return state;
  } catch (error) {
    for (const part of [average, optimizer, objective]) part?.[Symbol.dispose]();
    throw error;
  }
}

/** The weights that a state is evaluated with, as its checkpoint of another step has them, put into its model. */
export async function readBest<B>(
  { objective, average }: RunState<B>,
  checkpoint: OpenCheckpoint,
): Promise<void> {
  const section = average ? 'average' : 'model';
  const weights = average?.parameters ?? objective.parameters;
  await checkpoint.readInto(new Map([...weights].map(([name, value]) => [`${section}.${name}`, value])));
}

function empty(parameters: ReadonlyMap<string, Parameter>): Map<string, Parameter> {
  return new Map([...parameters].map(([name, { shape }]) => [name, emptyParameter(shape)]));
}
