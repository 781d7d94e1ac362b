import type { ChoiceQuestion } from '../evaluation/kinds/choice.js';

/**
 * Whole texts as a question: what all begin with, up to the last space in it, and how each goes on. The one with the most probable
 * continuation is the most probable text.
 *
 * @param context - Comes before all of them, and a space after it.
 * @example
 * commonBeginning(['Ann is here.', 'Ann isn\'t.']); // => { context: 'Ann', choices: [' is here.', " isn't."] }
 */
export function commonBeginning(texts: readonly string[], context = ''): ChoiceQuestion {
  const whole = context === '' ? texts : texts.map((text) => `${context} ${text}`);
  const [first] = whole;
  let same = 0;
  while (same < first.length && whole.every((text) => text[same] === first[same])) same++;
  const space = Math.max(0, first.slice(0, same).lastIndexOf(' '));
  return { context: first.slice(0, space), choices: whole.map((text) => text.slice(space)) };
}
