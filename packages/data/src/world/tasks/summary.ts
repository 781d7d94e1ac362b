/** A story and what it comes down to, after `TL;DR:` (GPT-2 section 3.6). */
import type { Random } from '@gpt-ts/core';
import type { Split } from '../split.js';
import { tellStory } from '../tell-story.js';
import { boys, girls } from '../words/names.js';
import { promptOf, type TaskExample } from './example.js';

export function summary(random: Random, split: Split): TaskExample {
  const isLetter = random.int(3) === 0;
  const [from, to] = random.shuffle([...girls, ...boys]);
  const greeting = [
    `Dear ${to}, {let me tell you|I want to tell you|here is} {a story|what I heard}.`,
    `Dear ${to}, {how are you? listen to this|I hope you are well, and I have a story for you}.`,
  ];
  const { page, ending } = tellStory(random, split, isLetter ? { before: greeting } : {});
  const length = page.length;
  if (isLetter) page.say([`{your friend|yours|love|best wishes}, ${from}`], '\n');
  page.put(['TL;DR:'], '\n');
  page.say(
    ending.summary.map(
      (line) => `{|in short, |in the end, |all in all, |to make it short, |so |well, }${line}.`,
    ),
  );
  const prompt = promptOf(page);
  const text = page.text(isLetter ? 1 : 0, length);
  return { task: 'summary', row: { text, summary: prompt.completion.trim() }, prompt };
}
