/** RACE: questions of English exams (GPT-3 section 3.7). */
import { type RaceDocument, readRacePassages } from '../../documents/race.js';
import type { Task } from '../../evaluation/task.js';
import { choiceTask } from '../choice-task.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { questionsUpTo } from './history.js';

export const raceHigh: Task<'choice', RaceDocument> = race({
  name: 'race-h',
  title: 'Exams in English, of high schools',
  level: 'high',
  figures: [34.3, 37.0, 40.4, 41.4, 42.3, 44.7, 45.1, 46.8],
});

export const raceMiddle: Task<'choice', RaceDocument> = race({
  name: 'race-m',
  title: 'Exams in English, of middle schools',
  level: 'middle',
  figures: [42.3, 47.0, 52.7, 53.0, 55.6, 55.4, 58.1, 58.1],
});

function race(options: {
  name: string;
  title: string;
  level: 'middle' | 'high';
  figures: number[];
}): Task<'choice', RaceDocument> {
  const { name, title, level, figures } = options;
  return choiceTask({
    ...{ name, version: 1, title },
    paper: 'GPT-3 section 3.7',
    files: { test: [`test/${level}/*.txt`], train: [`train/${level}/*.txt`] },
    read: (files, onBadRow) => readRacePassages(files, onBadRow).filter(isWhole),
    ask: ({ context, turns, turn, options }) => ({
      context: `Article:\n${context.trim()}\n\n${questionsUpTo(turns, turn)}`,
      choices: options.map((option) => ` ${option.trim()}`),
      answerContext: 'A:',
    }),
    rule: 'relative',
    inContext: { k: 10 },
    published: [gpt3Figures('few-shot, K = 10', 'accuracy', figures)],
  });
}

/** ExpMRC, in the layout of RACE, has questions whose options are blank. */
function isWhole({ options }: RaceDocument): boolean {
  return options.every((option) => option.trim() !== '');
}
