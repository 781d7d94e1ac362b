/** Training as the commands share it: text to batches, events to the screen, the outcome to the caller. */
import { InvalidFileError } from '@gpt-ts/core';
import { corpusFromIds, shuffledSequences, splitCorpus, sweepWindows } from '@gpt-ts/data';
import { countParameters, type PresetName } from '@gpt-ts/model';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import {
  checkRecipe,
  describePlan,
  type Recipe,
  recipes,
  type Trainer,
  type TrainOptions,
} from '@gpt-ts/trainer';
import { interruptible, printNote } from './io.js';
import type { TextSource } from './run-folder.js';
import { TrainView } from './train-view.js';

/** How a run ended. */
export interface Outcome {
  reason: 'done' | 'aborted';
  step: number;
  /** Mean loss of the last training batch, in nats per token. */
  trainLoss: number | undefined;
  /** Loss on held-back text after the last update, in nats per token. */
  validationLoss: number | undefined;
  parameters: number;
  /** Tokens learned from in this sitting. */
  tokens: number;
  seconds: number;
}

/** The ids of a corpus; `<|endoftext|>` in it separates documents. */
function corpusIds(tokenizer: AnyTokenizer, text: string): Int32Array {
  const separated = tokenizer.kind === 'byte-bpe';
  return Int32Array.from(
    separated ? tokenizer.encode(text, { allowedSpecial: 'all' }) : tokenizer.encode(text),
  );
}

/** Few stories are longer, in tokens of their own BPE. */
const WHOLE_STORY = 160;

/**
 * Batches to learn from and held-back ones, 90 to 10. A context that holds whole stories gets windows that begin with
 * one; other documents are packed.
 *
 * @throws InvalidFileError when either part of the text is shorter than the context.
 */
export function windowsOf(
  tokenizer: AnyTokenizer,
  text: string,
  source: TextSource,
  sizes: { batchSize: number; nCtx: number; seed: number; evalTokens: number },
): TrainOptions {
  const { batchSize, nCtx, seed, evalTokens } = sizes;
  const corpus = corpusFromIds(corpusIds(tokenizer, text), { eotId: tokenizer.eotId });
  const { train, validation } = splitCorpus(corpus, { seed });
  if (validation.tokens <= nCtx) {
    throw new InvalidFileError({
      file: source.kind === 'file' ? source.path : 'the story world',
      problem: `its ${corpus.tokens} tokens leave ${validation.tokens} to hold back, nCtx ${nCtx} needs ${nCtx + 1}`,
      hint: `Give a text of ${10 * (nCtx + 1)} tokens or more, or a smaller --n-ctx.`,
    });
  }
  const whole = source.kind === 'stories' && nCtx >= WHOLE_STORY && tokenizer.eotId !== undefined;
  const documents = whole ? 'aligned' : 'packed';
  const sequences = shuffledSequences({ corpus: train, nCtx, documents, seed });
  const maxTokens = Math.max(evalTokens, nCtx);
  const sweep = sweepWindows({ corpus: validation, nCtx, documents, batchSize, maxTokens });
  return { batch: (step) => sequences.batch(step * batchSize, batchSize), validation: () => sweep };
}

/** A preset's recipe with the given fields replaced; a warm-up that was not given stays within a tenth of the run. */
export function recipeOf(name: PresetName, given: Partial<Recipe>, source: string): Recipe {
  const overrides = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const recipe: Recipe = { ...recipes[name], ...overrides };
  if (given.warmupSteps === undefined) {
    recipe.warmupSteps = Math.min(recipe.warmupSteps, Math.floor(recipe.maxSteps / 10));
  }
  return checkRecipe(recipe, source);
}

/** Runs a trainer to its end or to Ctrl-C, drawing it. */
export async function trainAndDraw(trainer: Trainer, windows: TrainOptions): Promise<Outcome> {
  using interrupt = interruptible();
  printNote(`memory  ${describePlan(trainer.plan)}`);
  const view = new TrainView(trainer.recipe);
  const start = performance.now();
  const parameters = countParameters(trainer.model.config);
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
    for await (const event of trainer.run({ ...windows, signal: interrupt.signal })) {
      view.show(event);
      if (event.type === 'step-end') {
        outcome.trainLoss = event.loss;
        outcome.tokens += event.tokens;
      } else if (event.type === 'eval-end') outcome.validationLoss = event.loss;
      else if (event.type === 'train-end') Object.assign(outcome, { reason: event.reason, step: event.step });
    }
  } finally {
    view.close();
  }
  outcome.seconds = (performance.now() - start) / 1000;
  return outcome;
}
