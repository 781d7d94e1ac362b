/** Reading comprehension: a story or a scene, a question about how it stands in the end or about what happened, four answers. */
import type { Random } from '@gpt-ts/core';
import type { WorldEvent } from '../event.js';
import { Page, STUCK } from '../page.js';
import { playScene } from '../scene.js';
import type { Split } from '../split.js';
import { tellStory } from '../tell-story.js';
import { boys, girls } from '../words/names.js';
import type { World } from '../world.js';
import { promptOf, type TaskExample } from './example.js';
import { tellScene } from './premise.js';
import { QUESTION_KINDS, type Question, type QuestionKind, questionsOf } from './question.js';

const LETTERS = ['A', 'B', 'C', 'D'] as const;

/** @param choice - Says which letter the answer has, what kind of question it is, and whether the text is a whole story. */
export function questions(random: Random, split: Split, choice: number): TaskExample {
  const place = choice % 4;
  const kind = QUESTION_KINDS[Math.floor(choice / 4) % QUESTION_KINDS.length];
  const isStory = kind === 'why' || Math.floor(choice / 28) % 2 === 0;
  const suits = (made: World) => questionsOf(kind, made, made.events, []).length > 0;
  const { world, page, told } = isStory
    ? tellStory(random, split, { suits })
    : scenePage(random, split, suits);
  const ask = (which: QuestionKind) => questionsOf(which, world, told, random.shuffle([...girls, ...boys]));
  const question = pickFrom(random, ask(kind));
  const options = optionsOf(random, question);
  const length = page.length;
  const [q, a, gap] = random.pick([
    ['Q: ', 'A: ', '\n\n'],
    ['Q: ', 'A: ', '\n'],
    ['Question: ', 'Answer: ', '\n'],
  ]);
  const others = random.int(2) === 0 ? [] : [random.pick(QUESTION_KINDS)].filter((other) => other !== kind);
  for (const other of others) {
    const before = ask(other);
    if (before.length === 0) continue;
    const { wordings, answer } = random.pick(before);
    page.put(
      wordings.map((each) => q + capital(each)),
      gap,
    );
    page.put([`${a}${capital(answer)}.`], gap);
  }
  const at = page.length;
  page.put(
    question.wordings.map((each) => q + capital(each)),
    gap,
  );
  const ordered = [...options.slice(1, place + 1), options[0], ...options.slice(place + 1)];
  page.put([`${a}${capital(question.answer)}.`], gap);
  const row = Object.fromEntries(LETTERS.map((letter, i) => [`option${letter}`, ordered[i]]));
  const prompt = promptOf(
    page,
    ordered.map((option) => `${gap}${a}${capital(option)}.`),
  );
  const asked = page.text(at, at + 1).slice(q.length);
  return {
    task: 'questions',
    row: { context: page.text(0, length), question: asked, ...row, label: LETTERS[place] },
    prompt,
  };
}

function scenePage(
  random: Random,
  split: Split,
  suits: (world: World) => boolean,
): { world: World; page: Page; told: WorldEvent[] } {
  const scene = playScene(random, 4);
  if (!suits(scene.world)) throw STUCK;
  const page = new Page(random, split, scene.world.people);
  return { world: scene.world, page, told: tellScene(page, scene) };
}

/** The answer and three others, near ones first. */
function optionsOf(random: Random, { answer, near, far }: Question): string[] {
  const wrong = [...new Set([...random.shuffle(near), ...random.shuffle(far)])].filter(
    (option) => option !== answer,
  );
  if (wrong.length < 3) throw STUCK;
  return [answer, ...random.shuffle(wrong.slice(0, 3))];
}

function pickFrom(random: Random, all: readonly Question[]): Question {
  if (all.length === 0) throw STUCK;
  return random.pick(all);
}

const capital = (text: string) =>
  text.replace(/^(\{?)([a-z])/, (_, brace, letter) => brace + letter.toUpperCase());
