/** `gpt tokenizer inspect`: see the tokens of a text. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { type AnyTokenizer, type PieceTrace, trace } from '@gpt-ts/tokenizer';
import { Argument, Command } from 'commander';
import { jsonOption } from '../../options.js';
import { drawTable, drawText, drawTotals, drawTrace } from './draw-tokens.js';
import { needsByteBpe, openTokenizer, tokenizerOption } from './open-tokenizer.js';
import { fileOption, textInput, wholeText } from './text-input.js';
import { type Token, tokensOf, totalsOf } from './token-list.js';
import { visibleJson } from './visible.js';
import { writeOut } from './write-out.js';

interface InspectFlags {
  tokenizer: string;
  file?: string;
  trace?: boolean;
  color?: boolean;
  json?: boolean;
}

const TABLE_TOKENS = 100; // a longer table is not read
const TRACE_CHARACTERS = 2000; // each merge searches the whole piece, and is a line
const TOKENS_AT_ONCE = 4096;

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('Show the tokens of a text, and of a short one a table: ids, spelling, bytes, place.')
    .addArgument(new Argument('[text]', 'default: --file, or else standard input'))
    .addOption(fileOption('UTF-8 text'))
    .addOption(tokenizerOption())
    .option('--trace', 'also the merges that made them, in order (of a byte-level BPE)')
    .option('--color', 'a background for each token, also where stdout is no terminal')
    .option('--no-color', 'a | between tokens, also on a terminal; so does NO_COLOR=1')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A space is shown as ·, a line break as ⏎, a tab as ⇥, other characters without a form as \\u{1b}, and a byte that is only
a part of a character as \\xf0. The column "characters" counts UTF-16 units from 0; the end is not included.

Examples:
  gpt tokenizer inspect "Hello world"
  gpt tokenizer inspect " unbelievable" --trace
  gpt tokenizer inspect --file story.txt --tokenizer runs/stories --no-color | less`,
    )
    .action(async (given: string | undefined, flags: InspectFlags) => {
      const input = textInput(given, flags.file);
      const tokenizer = await openTokenizer(flags.tokenizer);
      const text = await wholeText(input);
      const pieces = flags.trace ? traceOf(tokenizer, text) : undefined;
      const tokens = tokensOf(tokenizer, text);
      if (flags.json) await writeJson(tokenizer, tokens, text, flags, pieces);
      else await draw(tokens, text, flags, pieces);
    });
}

function traceOf(tokenizer: AnyTokenizer, text: string): PieceTrace[] {
  const bpe = needsByteBpe(tokenizer, '--trace');
  if (text.length <= TRACE_CHARACTERS) return trace(bpe, text);
  const expected = `used with at most ${TRACE_CHARACTERS} characters`;
  throw new InvalidArgumentError({ argument: '--trace', expected, received: text.length });
}

async function draw(
  tokens: readonly Token[],
  text: string,
  flags: InspectFlags,
  pieces: PieceTrace[] | undefined,
): Promise<void> {
  // On a terminal `hasColors` knows of NO_COLOR and FORCE_COLOR.
  const colour = flags.color ?? (process.stdout.isTTY ? process.stdout.hasColors() : false);
  for (let at = 0; at < tokens.length; at += TOKENS_AT_ONCE) {
    await writeOut(drawText(tokens.slice(at, at + TOKENS_AT_ONCE), colour, at));
  }
  if (tokens.length > 0) await writeOut('\n\n');
  if (tokens.length > 0 && tokens.length <= TABLE_TOKENS) await writeOut(`${drawTable(tokens)}\n\n`);
  for (const piece of pieces ?? []) await writeOut(`${drawTrace(piece)}\n\n`);
  await writeOut(`${drawTotals(totalsOf(text, tokens.length))}\n`);
}

/** One object, in parts: there may be more of it than a string holds. */
async function writeJson(
  tokenizer: AnyTokenizer,
  tokens: readonly Token[],
  text: string,
  flags: InspectFlags,
  pieces: PieceTrace[] | undefined,
): Promise<void> {
  const head = { tokenizer: flags.tokenizer, kind: tokenizer.kind, ...totalsOf(text, tokens.length), pieces };
  await writeOut(`${visibleJson(head).slice(0, -1)},"list":[`);
  for (let at = 0; at < tokens.length; at += TOKENS_AT_ONCE) {
    const some = tokens.slice(at, at + TOKENS_AT_ONCE).map(({ id, token, bytes, span }) => {
      return visibleJson({ id, token, bytes: [...bytes], start: span?.[0], end: span?.[1] });
    });
    await writeOut(`${at === 0 ? '' : ','}${some.join(',')}`);
  }
  await writeOut(']}\n');
}
