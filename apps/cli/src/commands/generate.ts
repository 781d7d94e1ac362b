/** `gpt generate`: continue a prompt. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { generate } from '@gpt-ts/model';
import { type AnyTokenizer, decodeStream } from '@gpt-ts/tokenizer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { interruptible, printJson } from '../io.js';
import { amount, count, jsonOption, modelOption, seedOption } from '../options.js';
import { loadRun } from '../run-folder.js';

interface GenerateFlags extends BackendFlags {
  model: string;
  prompt?: string;
  maxNewTokens: number;
  temperature: number;
  topK?: number;
  seed: number;
  json?: boolean;
}

export function generateCommand(): Command {
  const command = new Command('generate')
    .description('Write with a trained model.')
    .addOption(modelOption())
    .option('--prompt <text>', 'text to continue (default: the start of a document)')
    .addOption(new Option('--max-new-tokens <n>', 'length at most').argParser(count(0)).default(200))
    .addOption(
      new Option('--temperature <x>', '0 always takes the likeliest token').argParser(amount).default(0.8),
    )
    .addOption(new Option('--top-k <n>', 'choose among the k likeliest').argParser(count(1)))
    .addOption(seedOption('same seed, same text').default(0));
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt generate --model runs/stories
  gpt generate --model runs/shakespeare --prompt "ROMEO:" --temperature 0.7 --top-k 40 --seed 1`,
    )
    .action(async (flags: GenerateFlags) => {
      using interrupt = interruptible();
      await startBackend(flags);
      const { model, tokenizer } = await loadRun(flags.model);
      using _ = model;
      const prompt = flags.prompt ?? '';
      const ids = prompt === '' ? documentStart(tokenizer) : tokenizer.encode(prompt);
      const { signal } = interrupt;
      const { maxNewTokens, temperature, topK, seed } = flags;
      const options = { maxNewTokens, temperature, topK, seed, eotId: tokenizer.eotId, signal };
      const drawn = generate(model, ids, options);
      if (flags.json) {
        const newIds = await collect(drawn);
        const text = tokenizer.decode(newIds.filter((id) => id !== tokenizer.eotId));
        printJson({ prompt, text, ids: newIds, seed, temperature, topK });
        return;
      }
      process.stdout.write(prompt);
      for await (const piece of decodeStream(tokenizer, drawn)) process.stdout.write(piece);
      process.stdout.write('\n');
    });
}

async function collect(ids: AsyncIterable<number>): Promise<number[]> {
  const all: number[] = [];
  for await (const id of ids) all.push(id);
  return all;
}

/** What comes before a document: the end of another one, or a new line. */
function documentStart(tokenizer: AnyTokenizer): number[] {
  if (tokenizer.eotId !== undefined) return [tokenizer.eotId];
  if (tokenizer.kind === 'char' && !tokenizer.characters.includes('\n')) {
    const expected = 'given: this vocabulary has nothing that starts a document';
    throw new InvalidArgumentError({ argument: '--prompt', expected, received: '' });
  }
  return tokenizer.encode('\n');
}
