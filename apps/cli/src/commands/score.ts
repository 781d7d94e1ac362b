/** `gpt score`: how well a model predicts tokens or text. */
import { basename, dirname } from 'node:path';
import { assertTokens, encodeSafetensors, InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { readText } from '@gpt-ts/data/node';
import { type GPT, languageModel, loadModel } from '@gpt-ts/model';
import { perplexity } from '@gpt-ts/tasks';
import { Command } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { printJson, printResult } from '../io.js';
import { jsonOption, modelOption } from '../options.js';
import { inFolder, loadRun } from '../run-folder.js';

interface ScoreFlags extends BackendFlags {
  model: string;
  tokens?: string;
  logits?: string;
  text?: string;
  file?: string;
  json?: boolean;
}

export function scoreCommand(): Command {
  const command = new Command('score')
    .description('Score tokens or text: nats per token, bits per byte, logits.')
    .addOption(modelOption())
    .option('--tokens <json>', "token ids, such as '[1,2,3]'")
    .option('--logits <file>', 'with --tokens: write the logits, [T, nVocab], as safetensors')
    .option('--text <text>', 'text to score')
    .option('--file <file>', 'UTF-8 text file to score');
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt score --model runs/stories --text "Once there was a small boat."
  gpt score --model runs/shakespeare --file input.txt --json
  gpt score --model runs/stories --tokens '[1,2,3]' --logits logits.safetensors`,
    )
    .action(async (flags: ScoreFlags) => {
      const given = (['tokens', 'text', 'file'] as const).filter((name) => flags[name] !== undefined);
      if (given.length !== 1 || (flags.logits !== undefined && given[0] !== 'tokens')) {
        throw new InvalidArgumentError({
          argument: 'gpt score',
          expected: 'called with one of --tokens, --text and --file (--logits goes with --tokens)',
          received: given.map((name) => `--${name}`).join(' ') || 'none',
        });
      }
      await startBackend(flags);
      if (flags.tokens !== undefined) await scoreTokens(flags, parseTokens(flags.tokens));
      else await scoreText(flags);
    });
}

async function scoreText(flags: ScoreFlags): Promise<void> {
  const text = flags.text ?? (await readText(flags.file!));
  const { model, tokenizer } = await loadRun(flags.model);
  using _ = model;
  const result = await perplexity(languageModel(model), tokenizer, text, { start: tokenizer.eotId });
  if (flags.json) printJson(result);
  else {
    const { natsPerToken, bitsPerByte, perplexity: ppl, tokens, bytes } = result;
    printResult(
      `${natsPerToken.toFixed(4)} nats per token (perplexity ${ppl.toFixed(2)}) over ${tokens} tokens`,
    );
    printResult(`${bitsPerByte.toFixed(4)} bits per byte over ${bytes} bytes`);
  }
}

async function scoreTokens(flags: ScoreFlags, ids: number[]): Promise<void> {
  using model = await inFolder(flags.model, () => loadModel(new FolderStorage(flags.model)));
  assertTokens(ids, model.config.nVocab);
  if (flags.logits !== undefined) await writeLogits(model, ids, flags.logits);
  const logProbs = await languageModel(model).rollingLogLikelihood(ids);
  const nats = -logProbs.reduce((sum, logProb) => sum + logProb, 0);
  const natsPerToken = logProbs.length === 0 ? null : nats / logProbs.length;
  if (flags.json)
    printJson({ tokens: logProbs.length, nats, natsPerToken, logProbs: [...logProbs], logits: flags.logits });
  else {
    const score = natsPerToken === null ? 'A single token' : `${natsPerToken.toFixed(4)} nats per token`;
    printResult(`${score}: ${logProbs.length} predicted`);
    if (flags.logits !== undefined)
      printResult(`Logits [${ids.length}, ${model.config.nVocab}] in ${flags.logits}`);
  }
}

async function writeLogits(model: GPT, ids: number[], file: string): Promise<void> {
  const logits = model.logits(Int32Array.from(ids)); // [1, T, V]
  const data = (await logits.data()) as Float32Array;
  logits.dispose();
  const tensors = new Map([['logits', { shape: logits.shape.slice(1), data }]]); // a joint head has columns of positions too
  await new FolderStorage(dirname(file)).write(basename(file), encodeSafetensors(tensors));
}

function parseTokens(json: string): number[] {
  let ids: unknown;
  try {
    ids = JSON.parse(json);
  } catch {
    ids = undefined;
  }
  if (!Array.isArray(ids) || ids.length === 0) {
    throw new InvalidArgumentError({
      argument: '--tokens',
      expected: "a JSON list of one or more ids, such as '[1,2,3]'",
      received: json,
    });
  }
  return ids;
}
