/**
 * DROP's F1, which is strict about numbers.
 *
 * @see Dua et al. 2019, DROP, section 5, and its `drop_eval.py`, in the case of a prediction that is one text.
 */
import { withoutArticles, withoutPunctuation, words } from './words.js';

const NUMBER = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/;

/**
 * DROP's F1 of one answer, from 0 to 1 in steps of 0.01: that of the best reference.
 *
 * Texts become sets of words. A span that holds numbers scores only if the prediction has one of them. Of a reference of several
 * spans, the prediction is compared with the one that it fits best; the others score 0.
 *
 * @param references - The annotators' answers, each a list of spans. One whose first span is empty does not count.
 * @example
 * dropF1('3,500 yards', [['3500']]); // => 0.67
 */
export function dropF1(prediction: string, references: readonly (readonly string[])[]): number {
  const predicted = bagOf(prediction);
  const scores = references
    .filter(([first = '']) => first.trim() !== '')
    .map((spans) => Math.max(...spans.map((span) => bagF1(predicted, bagOf(span)))) / spans.length);
  return Math.max(0, ...scores.map(toHundredths));
}

function bagF1(predicted: ReadonlySet<string>, gold: ReadonlySet<string>): number {
  const numbers = [...gold].filter((word) => isNumber(word));
  if (numbers.length > 0 && !numbers.some((number) => predicted.has(number))) return 0;
  const common = [...gold].filter((word) => predicted.has(word)).length;
  const precision = predicted.size === 0 ? 1 : common / predicted.size;
  const recall = gold.size === 0 ? 1 : common / gold.size;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/** The words of a text, cut at spaces and hyphens; one spelling for each number. */
function bagOf(text: string): Set<string> {
  return new Set(text.toLowerCase().split(/[ -]/).flatMap(wordsOf));
}

function wordsOf(token: string): string[] {
  const bare = isNumber(token) ? token : withoutPunctuation(token);
  return isNumber(bare) ? [spelling(bare.trim())] : words(withoutArticles(bare));
}

function isNumber(text: string): boolean {
  return NUMBER.test(text.trim());
}

function spelling(number: string): string {
  return /\d/.test(number) ? String(Number(number)) : number.replace('infinity', 'inf').replace('+', '');
}

/** To the nearest hundredth, a tie to the even one, as numpy rounds. */
function toHundredths(score: number): number {
  const hundredths = score * 100;
  const below = Math.floor(hundredths);
  if (hundredths - below === 0.5) return (below + (below % 2)) / 100;
  return Math.round(hundredths) / 100;
}
