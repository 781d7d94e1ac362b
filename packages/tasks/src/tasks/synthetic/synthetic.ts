/** GPT-3's synthetic tasks: ten kinds of arithmetic, five of scrambled words (sections 3.9.1 and 3.9.2). */
import { readSynthetic, type SyntheticDocument } from '../../documents/synthetic.js';
import { meanOf } from '../../evaluation/metric.js';
import type { InContext, Task } from '../../evaluation/task.js';
import { type ArithmeticKind, arithmeticKinds } from '../../synthetic/arithmetic-items.js';
import { SCRAMBLING_DESCRIPTION, type ScramblingKind, scramblingKinds } from '../../synthetic/scrambling.js';
import { writingTask } from '../writing-task.js';
import { syntheticFigures } from './synthetic-figures.js';

const words: Readonly<Record<ScramblingKind, { file: string; title: string }>> = {
  'cycle-letters': { file: 'cycle_letters_in_word', title: 'a word whose letters were moved round' },
  'anagrams-1': { file: 'mid_word_1_anagrams', title: 'a word with all but its ends in another order' },
  'anagrams-2': { file: 'mid_word_2_anagrams', title: 'the same, two letters kept at each end' },
  'random-insertion': { file: 'random_insertion_in_word', title: 'a word with signs between its letters' },
  'reversed-words': { file: 'reversed_words', title: 'a word backwards' },
};

/** The fifteen, in the order of the paper's Tables 3.9 and 3.10. */
export const syntheticTasks: readonly Task[] = [
  ...arithmeticKinds.map((kind) =>
    synthetic(kind, {
      file: kind.replaceAll('-', '_'),
      title: `Arithmetic in words: ${kind.replaceAll('-', ' ')}`,
      paper: 'GPT-3 section 3.9.1',
      inContext: { k: 50 },
    }),
  ),
  ...scramblingKinds.map((kind) =>
    synthetic(kind, {
      file: words[kind].file,
      title: `Unscramble ${words[kind].title}`,
      paper: 'GPT-3 section 3.9.2',
      inContext: { k: 100, description: SCRAMBLING_DESCRIPTION },
    }),
  ),
];

interface SyntheticOptions {
  /** Name of the released file, without `.jsonl`. */
  file: string;
  title: string;
  paper: string;
  inContext: { k: number } & Pick<InContext<SyntheticDocument>, 'description'>;
}

function synthetic(
  name: ArithmeticKind | ScramblingKind,
  { file, title, paper, inContext }: SyntheticOptions,
): Task<'writing', SyntheticDocument> {
  return writingTask({
    ...{ name, version: 1, title, paper },
    files: { test: [`${file}.jsonl`] },
    read: readSynthetic,
    ask: ({ context }) => context,
    writing: { maxNewTokens: 20, stop: ['\n'] },
    completion: ({ completion }) => completion,
    inContext: { ...inContext, delimiter: '' }, // contexts begin with their own line ends
    judge: ({ completion }, text) => ({ correct: Number(text === completion.trim()) }),
    metrics: { accuracy: meanOf('correct') },
    published: syntheticFigures(name, inContext.k),
  });
}
