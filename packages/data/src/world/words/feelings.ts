/** What people feel, and the words for it. */

export type Feeling = 'happy' | 'proud' | 'sad' | 'angry' | 'afraid' | 'sorry';

/** Each feeling in several words, which mean the same here. */
export const feelingWords: Record<Feeling, readonly string[]> = {
  happy: ['happy', 'glad', 'cheerful'],
  proud: ['proud', 'pleased'],
  sad: ['sad', 'unhappy', 'gloomy'],
  angry: ['angry', 'cross', 'mad'],
  afraid: ['afraid', 'scared', 'frightened'],
  sorry: ['sorry', 'ashamed'],
};

/** Whether it is good to feel so. */
export function isGood(feeling: Feeling): boolean {
  return feeling === 'happy' || feeling === 'proud';
}
