/** `gpt bench tokenizer`: how fast text becomes ids here, beside the packages of npm. */
import { Command, Option } from 'commander';
import { machine } from '../../bench/machine.js';
import { benchTokenizers } from '../../bench/tokenizer-bench.js';
import { agreementLine } from '../../bench/tokenizer-peers.js';
import { tokenizerRowLine, tokenizerTable } from '../../bench/tokenizer-row.js';
import { describeSource, readTextSource, textSource } from '../../bench/tokenizer-text.js';
import { printJson, printNote, printResult } from '../../io.js';
import { count, jsonOption } from '../../options.js';

interface BenchTokenizerFlags {
  data?: string;
  only?: string;
  rounds: number;
  quick?: boolean;
  json?: boolean;
}

const QUICK_CHARACTERS = 500_000;

export function benchTokenizerCommand(): Command {
  return new Command('tokenizer')
    .description('Loading, encoding and decoding beside the packages of npm that are installed; training.')
    .option('--data <dir>', 'folder with *.txt (default: novels in GPT_TS_DATA, or else built-in stories)')
    .addOption(new Option('--only <text>', 'rows whose name contains this'))
    .addOption(new Option('--rounds <n>', 'slices of each side').argParser(count(1)).default(5))
    .option('--quick', 'one round, half a megabyte of text, no training')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt bench tokenizer --quick
  gpt bench tokenizer --data books --only "encode, warm" --json
  npm install gpt-tokenizer js-tiktoken tiktoken @huggingface/tokenizers    # what it compares with`,
    )
    .action(async ({ data, only, rounds, quick, json }: BenchTokenizerFlags) => {
      const before = machine();
      const source = textSource(data, quick ? QUICK_CHARACTERS : undefined);
      const bytes = Buffer.byteLength(readTextSource(source));
      const text = { source: describeSource(source), bytes };
      printNote(`Text: ${text.source}, ${bytes.toLocaleString('en')} bytes.`);
      const result = await benchTokenizers(
        { source, rounds: quick ? 1 : rounds, training: !quick, only },
        {
          agreement: (found) => printNote(agreementLine(found)),
          row: (row) => printNote(tokenizerRowLine(row)),
        },
      );
      if (json) printJson({ machine: before, text, ...result });
      else {
        const { cpu, cores, node, load } = before;
        const missing = result.agreement.filter((each) => each.missing).map(agreementLine);
        const table = [tokenizerTable(result.rows), ...missing].join('\n');
        printResult(`${cpu}, ${cores} cores, Node ${node}, load ${load}\n\n${table}`);
      }
    });
}
