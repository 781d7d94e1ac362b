/** Who lives in the story world. */

/** The forms of one pronoun, filed under the masculine ones. */
export interface Pronouns {
  readonly he: string;
  readonly him: string;
  readonly his: string;
}

export const masculine: Pronouns = { he: 'he', him: 'him', his: 'his' };
export const feminine: Pronouns = { he: 'she', him: 'her', his: 'her' };

export const girls: readonly string[] = [
  ...['Mia', 'Anna', 'Lucy', 'Emma', 'Lily', 'Ella', 'Sara', 'Nora'],
  ...['Zoe', 'Ruby', 'Kate', 'Amy', 'Ivy', 'Molly', 'Jane', 'Daisy'],
];

export const boys: readonly string[] = [
  ...['Tom', 'Ben', 'Max', 'Sam', 'Leo', 'Tim', 'Jack', 'Finn'],
  ...['Noah', 'Dan', 'Oscar', 'Billy', 'Peter', 'Hugo', 'Luke', 'Adam'],
];

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
