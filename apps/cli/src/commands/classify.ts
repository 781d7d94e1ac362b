/** `gpt classify`: what a fine-tuned model makes of a text. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { loadTaskModel } from '@gpt-ts/model';
import { type ExampleContent, encodeExamples } from '@gpt-ts/tasks';
import { loadTokenizer } from '@gpt-ts/tokenizer';
import { Command } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { loadTaskFile, type TaskFile } from '../finetune-run.js';
import { printJson, printResult } from '../io.js';
import { jsonOption, modelOption } from '../options.js';
import { predict } from '../predict.js';
import { inFolder } from '../run-folder.js';

interface ClassifyFlags extends BackendFlags {
  model: string;
  json?: boolean;
}

export function classifyCommand(): Command {
  const command = new Command('classify')
    .description('Ask a fine-tuned model for the class of a text, of a pair, or for the best option.')
    .argument('<text...>', 'a text; premise and hypothesis; two texts; or a context and its options')
    .addOption(modelOption());
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt classify --model runs/sst2 "a charming and often affecting journey"
  gpt classify --model runs/mrpc "He left at noon." "At noon he left."
  gpt classify --model runs/copa "The glass fell." "It broke." "It sang."`,
    )
    .action(async (texts: string[], flags: ClassifyFlags) => {
      const storage = new FolderStorage(flags.model);
      const task = await loadTaskFile(storage);
      const content = contentOf(task, texts);
      await startBackend(flags);
      const tokenizer = await inFolder(flags.model, () => loadTokenizer(storage));
      using model = await inFolder(flags.model, () => loadTaskModel(storage));
      const example = { ...content, label: 0, source: { file: 'the command line', row: 1 } };
      const [probabilities] = await predict(model, encodeExamples([example], tokenizer, task.row));
      const names = task.form === 'multiple-choice' ? texts.slice(1) : task.classes;
      const best = probabilities.indexOf(Math.max(...probabilities));
      if (flags.json) printJson({ best: names[best], label: best, names, probabilities });
      else
        names.forEach((name, i) => {
          printResult(`${i === best ? '>' : ' '} ${probabilities[i].toFixed(4)}  ${name}`);
        });
    });
}

/** The texts in the form that the model was taught. */
function contentOf({ form }: TaskFile, texts: readonly string[]): ExampleContent {
  const [first, second, ...rest] = texts;
  const isPair = second !== undefined && rest.length === 0;
  if (form === 'classification' && texts.length === 1) return { form, text: first };
  if (form === 'entailment' && isPair) return { form, premise: first, hypothesis: second };
  if (form === 'similarity' && isPair) return { form, a: first, b: second };
  if (form === 'multiple-choice' && rest.length > 0)
    return { form, context: first, options: [second, ...rest] };
  const expected = {
    classification: 'one text',
    entailment: 'a premise and a hypothesis',
    similarity: 'two texts',
    'multiple-choice': 'a context and two or more options',
  }[form];
  throw new InvalidArgumentError({ argument: 'the texts', expected, received: texts });
}
