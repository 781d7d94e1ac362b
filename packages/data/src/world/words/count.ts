/** Amounts in words. */
import { plural } from '../../story-world/grammar.js';
import { numbers } from './things.js';

/**
 * A number and what is counted.
 *
 * @example
 * amount(1, 'plum'); // => 'one plum'
 * amount(3, 'cherry'); // => 'three cherries'
 */
export function amount(count: number, noun: string): string {
  return `${numbers[count]} ${count === 1 ? noun : plural(noun)}`;
}
