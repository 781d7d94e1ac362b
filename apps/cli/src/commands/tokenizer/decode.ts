/** `gpt tokenizer decode`: ids to text. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { Argument, Command } from 'commander';
import { printJson } from '../../io.js';
import { jsonOption } from '../../options.js';
import { openTokenizer, tokenizerOption } from './open-tokenizer.js';
import { parseIds } from './parse-ids.js';
import { fileOption, textInput } from './text-input.js';
import { writeOut } from './write-out.js';

interface DecodeFlags {
  tokenizer: string;
  file?: string;
  json?: boolean;
}

export function decodeCommand(): Command {
  return new Command('decode')
    .description('Turn ids into text, exactly: no line break is added, except on a terminal.')
    .addArgument(new Argument('[ids...]', 'default: --file, or else standard input'))
    .addOption(fileOption('ids between white space, or a JSON array of them; of any size'))
    .addOption(tokenizerOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt tokenizer decode 15496 995
  gpt tokenizer decode "[15496, 995]" --json
  gpt tokenizer encode --file book.txt | gpt tokenizer decode > same.txt`,
    )
    .action(async (words: string[], flags: DecodeFlags) => {
      const input = textInput(words.length > 0 ? words.join(' ') : undefined, flags.file);
      const tokenizer = await openTokenizer(flags.tokenizer);
      const parts = decoded(tokenizer, parseIds(input, tokenizer.nVocab));
      if (flags.json) await printDecoded(flags.tokenizer, parts);
      else {
        for await (const { text } of parts) await writeOut(text);
        if (process.stdout.isTTY) await writeOut('\n');
      }
    });
}

interface Part {
  text: string;
  /** Ids it took. */
  tokens: number;
}

/** The text of ids that come in parts. What GPT-1 writes between words depends on the next id, so it waits for all. */
async function* decoded(tokenizer: AnyTokenizer, batches: AsyncIterable<number[]>): AsyncGenerator<Part> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const all: number[][] = [];
  for await (const ids of batches) {
    const tokens = ids.length;
    if (tokenizer.kind === 'byte-bpe') {
      yield { text: decoder.decode(tokenizer.decodeBytes(ids), { stream: true }), tokens };
    } else if (tokenizer.kind === 'char') yield { text: tokenizer.decode(ids), tokens };
    else all.push(ids);
  }
  const rest = all.flat();
  yield { text: rest.length > 0 ? tokenizer.decode(rest) : decoder.decode(), tokens: rest.length };
}

const MAX_JSON_TEXT = 2 ** 26; // quoted, at most six times as long: still a string

async function printDecoded(tokenizer: string, parts: AsyncIterable<Part>): Promise<void> {
  let text = '';
  let tokens = 0;
  for await (const part of parts) {
    text += part.text;
    tokens += part.tokens;
    if (text.length > MAX_JSON_TEXT) {
      const expected = `used with texts of up to ${MAX_JSON_TEXT} characters`;
      throw new InvalidArgumentError({ argument: '--json', expected, received: text.length });
    }
  }
  printJson({ tokenizer, text, tokens });
}
