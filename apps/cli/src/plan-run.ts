/** From a run's configuration to what the run is made of: settings, texts, tokenizer, model. */
import { resolve } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import {
  GPT,
  type GPTConfig,
  gptConfig,
  loadConfig,
  loadModel,
  type PresetName,
  preset,
} from '@gpt-ts/model';
import { type AnyTokenizer, CharTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
import { trainByteBpe, trainGpt1Bpe } from '@gpt-ts/tokenizer/train';
import { recipeFor, recipes, settingsOf, type TrainSettings } from '@gpt-ts/trainer';
import { compact } from './compact.js';
import { printNote } from './io.js';
import { checkRunConfig, type RunConfig } from './run-config.js';
import { inFolder } from './run-folder.js';
import { fileText, type RunText, type SequenceOptions, storyText } from './run-text.js';

/** A configuration with nothing left open. */
export interface RunPlan {
  preset: PresetName;
  settings: TrainSettings;
  data: Omit<SequenceOptions, 'nCtx' | 'batchSize' | 'seed'>;
  /** The configuration, its gaps filled, folders by their full paths: the same bytes however it was given. */
  config: RunConfig;
}

const STORY_CHARACTERS = 6_000_000;
const EVAL_TOKENS = 131_072;
const BPE_TOKENS = 2048; // where the recipe has characters

/**
 * Fills the gaps of a configuration from its recipe.
 *
 * @param source - What to call the settings in errors.
 */
export function planRun(config: RunConfig, source: string): RunPlan {
  const recipe = config.recipe ?? (config.preset ? recipeFor(config.preset) : 'stories');
  const known = recipes[recipe];
  const name = config.preset ?? (Object.keys(known.models)[0] as PresetName);
  const settings = settingsOf(recipe, name, config.settings, source);
  const data = {
    documents: config.data?.documents ?? known.documents,
    replacement: config.data?.replacement ?? known.replacement,
    heldOut: config.data?.heldOut ?? 0.1,
    evalTokens: config.data?.evalTokens ?? EVAL_TOKENS,
  };
  const filled: RunConfig = { ...config, recipe, settings, data: { ...config.data, ...data } };
  if (config.from === undefined) {
    filled.preset = name;
    filled.tokenizer = tokenizerFor(config.tokenizer, known.tokenizer);
  } else {
    filled.from = resolve(config.from);
  }
  return { preset: name, settings, data, config: checkRunConfig(filled, source) };
}

/** What was asked for, with the recipe's size where the kind has one. */
function tokenizerFor(
  asked: NonNullable<RunConfig['tokenizer']> = {},
  known: NonNullable<RunConfig['tokenizer']>,
): NonNullable<RunConfig['tokenizer']> {
  const { from, kind = known.kind, nVocab } = asked;
  if (from !== undefined) {
    const extra = asked.kind ?? nVocab;
    if (extra === undefined) return { from: from === 'gpt2' ? from : resolve(from) };
    const expected = 'given without a kind and a size to learn: the tokenizer is there already';
    throw new InvalidArgumentError({ argument: '--tokenizer-from', expected, received: from });
  }
  return kind === 'char' ? compact({ kind, nVocab }) : { kind, nVocab: nVocab ?? known.nVocab ?? BPE_TOKENS };
}

/** The texts of a run: those of its sources, or the built-in stories. */
export async function textsOf({ config, settings }: RunPlan): Promise<RunText[]> {
  const sources = config.data?.sources;
  if (sources === undefined) return [storyText(settings.seed, STORY_CHARACTERS)];
  const texts: RunText[] = [];
  for (const { path, weight } of sources) texts.push(await fileText(path, weight));
  return texts;
}

/** The model's config: for a vocabulary of that size, unless the model is there already. */
export async function configOf({ preset: name, config }: RunPlan, nVocab: number): Promise<GPTConfig> {
  if (config.from !== undefined) return await load(config.from, loadConfig);
  return gptConfig({ ...preset(name).config, ...config.model, nVocab });
}

/** The tokenizer a run asks for, learned from its texts unless it says where one is. */
export async function tokenizerOf({ config }: RunPlan, texts: readonly RunText[]): Promise<AnyTokenizer> {
  if (config.from !== undefined) return await load(config.from, loadTokenizer);
  const { kind, nVocab, from } = config.tokenizer!;
  if (from === 'gpt2') return gpt2();
  if (from !== undefined) return await load(from, loadTokenizer);
  const text = texts.flatMap((each) => ('text' in each ? [each.text] : [])).join('<|endoftext|>');
  if (kind === 'char') {
    if (nVocab === undefined) return CharTokenizer.fromText(text);
    const expected = 'left out with the tokenizer char, whose vocabulary is the characters of the text';
    throw new InvalidArgumentError({ argument: '--vocab-size', expected, received: nVocab });
  }
  printNote(`Learning a vocabulary of up to ${nVocab} tokens.`);
  return kind === 'gpt1-bpe'
    ? await trainGpt1Bpe(text, { nVocab: nVocab! })
    : await trainByteBpe(text, { nVocab: nVocab! });
}

/** The model a run begins with: a new one, or one that was trained before. */
export async function modelOf(plan: RunPlan, config: GPTConfig): Promise<GPT> {
  const { from } = plan.config;
  return from === undefined ? GPT.random(config, plan.settings.seed) : await load(from, loadModel);
}

/** What is in a folder; errors say which folder. */
function load<T>(folder: string, from: (storage: FolderStorage) => Promise<T>): Promise<T> {
  return inFolder(folder, () => from(new FolderStorage(folder)));
}
