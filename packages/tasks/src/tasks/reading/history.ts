import type { Turn } from '../../documents/reading-comprehension.js';

/** Earlier questions about a passage with their answers, then the one that is asked, after `A:`. */
export function questionsUpTo(
  turns: readonly Turn[],
  turn: number,
  answerTo: (turn: Turn) => string = ({ answers: [first] }) => first,
): string {
  return turns
    .slice(0, turn + 1)
    .map((each, i) => `Q: ${each.question.trim()}\n\nA:${i < turn ? ` ${answerTo(each).trim()}` : ''}`)
    .join('\n\n');
}
