/** `gpt tokenizer encode`: text to ids. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { Argument, Command, Option } from 'commander';
import { printJson, printResult } from '../../io.js';
import { jsonOption } from '../../options.js';
import { needsByteBpe, openTokenizer, tokenizerOption } from './open-tokenizer.js';
import { fileOption, textInput, wholeText } from './text-input.js';
import { writeOut } from './write-out.js';

interface EncodeFlags {
  tokenizer: string;
  file?: string;
  allowSpecial?: boolean;
  count?: boolean;
  offsets?: boolean;
  json?: boolean;
}

export function encodeCommand(): Command {
  return new Command('encode')
    .description('Turn text into ids.')
    .addArgument(new Argument('[text]', 'default: --file, or else standard input'))
    .addOption(fileOption('UTF-8 text, of any size where the tokenizer is a byte-level BPE'))
    .addOption(tokenizerOption())
    .option('--allow-special', 'read the spelling of a special token, such as <|endoftext|>, as that token')
    .addOption(new Option('--count', 'only how many ids there are').conflicts('offsets'))
    .option('--offsets', 'a line for each id: where its characters begin and end, in UTF-16 units')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt tokenizer encode "Hello world"
  gpt tokenizer encode --file book.txt --count
  gpt tokenizer encode --tokenizer runs/stories < story.txt > ids.txt
  gpt tokenizer encode --json --offsets -- "-- text that begins with a dash"`,
    )
    .action(async (text: string | undefined, flags: EncodeFlags) => {
      const input = textInput(text, flags.file);
      const tokenizer = await openTokenizer(flags.tokenizer);
      if (flags.offsets) await printOffsets(tokenizer, input, flags);
      else if (flags.count) await printCount(tokenizer, input, flags);
      else await printIds(tokenizer, input, flags);
    });
}

/** The ids of a text that comes in parts. Only a byte-level BPE gives some before it has seen all. */
async function* idsOf(
  tokenizer: AnyTokenizer,
  input: AsyncIterable<string>,
  flags: EncodeFlags,
): AsyncGenerator<number[]> {
  if (tokenizer.kind === 'byte-bpe') yield* tokenizer.encodeStream(input, specialOptions(tokenizer, flags));
  else {
    specialOptions(tokenizer, flags);
    yield tokenizer.encode(await wholeText(input));
  }
}

async function printIds(
  tokenizer: AnyTokenizer,
  input: AsyncIterable<string>,
  flags: EncodeFlags,
): Promise<void> {
  const [between, begin] = flags.json
    ? [',', `{"tokenizer":${JSON.stringify(flags.tokenizer)},"ids":[`]
    : [' ', ''];
  let count = 0;
  for await (const ids of idsOf(tokenizer, input, flags)) {
    if (ids.length > 0) await writeOut(count === 0 ? begin : between); // not before the text is known to be one
    await writeList(ids, between);
    count += ids.length;
  }
  await writeOut(`${count === 0 ? begin : ''}${flags.json ? `],"tokens":${count}}` : ''}\n`);
}

const AT_ONCE = 65_536; // some 400 KB of text

/** Writes a list that may be longer than a string. */
async function writeList(list: readonly unknown[], between: string): Promise<void> {
  for (let at = 0; at < list.length; at += AT_ONCE) {
    await writeOut((at === 0 ? '' : between) + list.slice(at, at + AT_ONCE).join(between));
  }
}

async function printCount(
  tokenizer: AnyTokenizer,
  input: AsyncIterable<string>,
  flags: EncodeFlags,
): Promise<void> {
  let tokens = 0;
  for await (const ids of idsOf(tokenizer, input, flags)) tokens += ids.length;
  if (flags.json) printJson({ tokenizer: flags.tokenizer, tokens });
  else printResult(`${tokens}`);
}

async function printOffsets(
  tokenizer: AnyTokenizer,
  input: AsyncIterable<string>,
  flags: EncodeFlags,
): Promise<void> {
  const bpe = needsByteBpe(tokenizer, '--offsets');
  const { ids, offsets } = bpe.encodeWithOffsets(await wholeText(input), specialOptions(bpe, flags));
  if (flags.json) {
    await writeOut(`{"tokenizer":${JSON.stringify(flags.tokenizer)},"tokens":${ids.length},"ids":[`);
    await writeList(ids, ',');
    await writeOut('],"offsets":[');
    await writeList(
      offsets.map((span) => `[${span}]`),
      ',',
    );
    await writeOut(']}\n');
  } else {
    const lines = ids.map((id, i) => `${id}\t${offsets[i][0]}\t${offsets[i][1]}\n`);
    await writeList(lines, '');
  }
}

function specialOptions(tokenizer: AnyTokenizer, { allowSpecial }: EncodeFlags): { allowedSpecial?: 'all' } {
  if (!allowSpecial) return {};
  if (tokenizer.kind === 'byte-bpe') return { allowedSpecial: 'all' };
  const expected = 'used with a byte-level BPE: no other text has special tokens';
  throw new InvalidArgumentError({ argument: '--allow-special', expected, received: tokenizer.kind });
}
