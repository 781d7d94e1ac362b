/** Training as the commands share it: a plan becomes a run, its events go to the screen, the outcome to the caller. */
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import type { FolderStorage } from '@gpt-ts/core/node';
import { countParameters, type GPTConfig, generateText, type TokenBatch } from '@gpt-ts/model';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import {
  checkMemory,
  describePlan,
  LanguageModelling,
  Trainer,
  type TrainerOptions,
  type TrainOptions,
} from '@gpt-ts/trainer';
import { alternate } from './bench/alternate.js';
import { ceilingSlices } from './bench/ceiling.js';
import { interruptible, printNote } from './io.js';
import { modelOf, type RunPlan } from './plan-run.js';
import { RUN_FILE, type RunFile, runFiles } from './run-folder.js';
import { type RunText, sequencesOf } from './run-text.js';
import { TrainView } from './train-view.js';

/** Writes what `--resume` needs, and makes the model and its trainer. */
export async function startRun(
  plan: RunPlan,
  config: GPTConfig,
  texts: readonly RunText[],
  tokenizer: AnyTokenizer,
  storage: FolderStorage,
  options: TrainerOptions,
): Promise<Trainer<TokenBatch>> {
  const { settings } = plan;
  checkMemory(config, settings, options.memoryLimitBytes); // before the model, which takes a good part of it
  const sources = texts.map(({ source }) => source);
  const run: RunFile = { format: 2, config: plan.config, texts: sources };
  const files = await runFiles(tokenizer, RUN_FILE, run);
  for (const [name, bytes] of files) await storage.write(name, [bytes]);
  const objective = new LanguageModelling(await modelOf(plan, config));
  return await Trainer.start(objective, settings, storage, { ...options, files });
}

/** The sequences of a run and what it writes now and then. */
export function dataOf(
  plan: RunPlan,
  texts: readonly RunText[],
  tokenizer: AnyTokenizer,
  nCtx: number,
): TrainOptions<TokenBatch> {
  const { batchSize, microBatchSize = batchSize, seed } = plan.settings;
  const sizes = { nCtx, batchSize: microBatchSize, seed };
  const { sequences, validation } = sequencesOf(tokenizer, texts, { ...plan.data, ...sizes });
  return {
    batch: (first, count) => sequences.batch(first, count),
    validation,
    sample: samplerOf(tokenizer, plan),
  };
}

/** What the model writes every `sampleEvery` updates. */
function samplerOf(tokenizer: AnyTokenizer, { config, settings }: RunPlan): TrainOptions<never>['sample'] {
  const { prompts = [''], maxNewTokens = 100, temperature = 0.8 } = config.samples ?? {};
  return async (model) => {
    const texts: string[] = [];
    for (const prompt of prompts) {
      let text = prompt;
      const options = { maxNewTokens, temperature, seed: settings.seed };
      for await (const piece of generateText(model, tokenizer, prompt, options)) text += piece;
      texts.push(text);
    }
    return texts;
  };
}

/** Floating-point operations a second that this machine can do; a fifth of a second's measuring. */
export async function measureCeiling(): Promise<number> {
  const [rates] = await alternate([ceilingSlices(benchHooks(), 20)], 5);
  return 1e9 * Math.max(...rates);
}

/** How a run ended. */
export interface Outcome {
  reason: 'done' | 'aborted' | 'early-stop';
  step: number;
  /** Loss of the last training batch, in nats. */
  trainLoss: number | undefined;
  /** Loss on held-back data after the last update, in nats. */
  validationLoss: number | undefined;
  /** What else was measured there. */
  metrics?: Record<string, number>;
  /** Updates before the best evaluation. */
  bestStep?: number;
  parameters: number;
  /** Tokens learned from in this sitting. */
  tokens: number;
  seconds: number;
}

/** Runs a trainer to its end or to Ctrl-C, drawing it. */
export async function trainAndDraw<B>(trainer: Trainer<B>, data: TrainOptions<B>): Promise<Outcome> {
  using interrupt = interruptible();
  printNote(`memory  ${describePlan(trainer.plan)}`);
  const view = new TrainView(trainer.settings);
  const start = performance.now();
  const parameters = countParameters(trainer.objective.gpt.config);
  const outcome: Outcome = {
    reason: 'done',
    step: trainer.step,
    trainLoss: undefined,
    validationLoss: undefined,
    parameters,
    tokens: 0,
    seconds: 0,
  };
  try {
    for await (const event of trainer.run({ ...data, signal: interrupt.signal })) {
      view.show(event);
      if (event.type === 'step-end') {
        outcome.trainLoss = event.loss;
        outcome.tokens += event.tokens;
      } else if (event.type === 'eval-end') {
        outcome.validationLoss = event.loss;
        outcome.metrics = event.metrics;
      } else if (event.type === 'train-end') {
        const { reason, step, bestStep } = event;
        Object.assign(outcome, { reason, step, bestStep });
      }
    }
  } finally {
    view.close();
  }
  outcome.seconds = (performance.now() - start) / 1000;
  return outcome;
}
