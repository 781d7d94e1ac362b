/** `gpt tokenizer`: learn a vocabulary, use one, and see what it does to a text. */
import { Command } from 'commander';
import { decodeCommand } from './tokenizer/decode.js';
import { encodeCommand } from './tokenizer/encode.js';
import { inspectCommand } from './tokenizer/inspect.js';
import { trainTokenizerCommand } from './tokenizer/train.js';

export function tokenizerCommand(): Command {
  return new Command('tokenizer')
    .description('Learn a vocabulary; turn text into ids and back; look at the tokens.')
    .addHelpText(
      'after',
      `
Examples:
  gpt tokenizer encode "Hello world"
  gpt tokenizer inspect "Hello world" --trace
  gpt tokenizer train corpus.txt --out tokenizers/mine`,
    )
    .addCommand(trainTokenizerCommand())
    .addCommand(encodeCommand())
    .addCommand(decodeCommand())
    .addCommand(inspectCommand());
}
