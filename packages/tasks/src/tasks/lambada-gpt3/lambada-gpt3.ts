/** LAMBADA with its examples written as blanks to fill, which tells the model that one word is wanted (GPT-3 section 3.1.2). */
import { lambada } from '../../detokenize/treebank.js';
import { type LambadaDocument, readLambada } from '../../documents/lambada.js';
import { meanOf, perplexityOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import type { TextFile } from '../../sets/task-set.js';
import { gpt3Figures } from '../gpt-3-figures.js';

export const lambadaGpt3: Task<'continuation', LambadaDocument> = {
  name: 'lambada-gpt3',
  version: 1,
  title: 'What is the last word of a passage?',
  paper: 'GPT-3 section 3.1.2',
  kind: 'continuation',
  files: { test: ['lambada_test.jsonl'], train: ['lambada_development_plain_text.txt'] },
  read: (files, onBadRow) => readLambada(files.map(asWritten), onBadRow),
  inContext: { shot: (document) => filled(document), k: 15 },
  ask: (document, k) => {
    const { context, completion } = k === 0 ? plain(document) : filled(document);
    return { context, continuation: completion };
  },
  judge: (_, { logProb, isGreedy }) => ({ correct: Number(isGreedy), nats: -logProb }),
  metrics: { accuracy: meanOf('correct'), perplexity: perplexityOf('nats') },
  published: [
    gpt3Figures('few-shot, K = 15', 'accuracy', [22.0, 40.4, 63.2, 57.0, 78.1, 79.1, 81.3, 86.4]),
    gpt3Figures('zero-shot', 'accuracy', [42.7, 54.3, 60.4, 63.6, 67.1, 70.3, 72.5, 76.2]),
    gpt3Figures('zero-shot', 'perplexity', [18.6, 9.09, 6.53, 5.44, 4.6, 4.0, 3.56, 3.0]),
  ],
};

/** The plain text of the release is cut into tokens; examples are to look like the items of OpenAI's file. */
function asWritten(file: TextFile): TextFile {
  if (file.name.endsWith('.jsonl')) return file;
  return { ...file, text: lambada.detokenize(file.text).replaceAll('\u2060', '') };
}

function plain({ context, lastWord }: LambadaDocument): { context: string; completion: string } {
  return { context: context.trimEnd(), completion: ` ${lastWord}` };
}

function filled({ context, lastWord }: LambadaDocument): { context: string; completion: string } {
  return { context: `Fill in blank:\n\n${context.trimEnd()} ____. ->`, completion: ` ${lastWord}` };
}
