/** Who lives in the story world. */

/** The forms of one pronoun, filed under the masculine ones. */
export interface Pronouns {
  readonly he: string;
  readonly him: string;
  readonly his: string;
}

export const masculine: Pronouns = { he: 'he', him: 'him', his: 'his' };
export const feminine: Pronouns = { he: 'she', him: 'her', his: 'her' };

// Few names, so that a small model soon learns to keep them: who they are in a story matters more than how many.
export const girls: readonly string[] = ['Mia', 'Anna', 'Lucy', 'Lily', 'Nora', 'Zoe'];

export const boys: readonly string[] = ['Tom', 'Ben', 'Max', 'Sam', 'Leo', 'Finn'];

/** Animals that talk, live in houses and have a name. */
export const talkingAnimals: readonly string[] = [
  ...['rabbit', 'bear', 'fox', 'mouse', 'squirrel', 'hedgehog', 'pig', 'cat'],
];

export const traits: readonly string[] = [
  ...['kind', 'happy', 'clever', 'quiet', 'gentle', 'cheerful', 'friendly', 'funny', 'polite'],
];

/** Family. Capitalised, because the stories use these words as names. */
export const family: readonly (readonly [string, Pronouns])[] = [
  ['Mom', feminine],
  ['Dad', masculine],
  ['Grandma', feminine],
  ['Grandpa', masculine],
];
