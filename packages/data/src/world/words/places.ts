/** Where things happen. */

/** A place to be, to go to and to lose things in. */
export interface Place {
  readonly noun: string;
  /** Where one is: "in the park". */
  readonly at: string;
  /** Where one goes: "to the park". */
  readonly to: string;
  /** Where something may lie there. */
  readonly spots: readonly string[];
}

const nature = [
  ...['under a bush', 'behind a rock', 'next to a tree', 'in the grass', 'under some leaves'],
  ...['between two stones', 'next to a fence'],
];
const built = [
  ...['under a bench', 'behind a wall', 'next to the door', 'behind some crates', 'under a table'],
  ...['between two barrels', 'next to the steps'],
];

const place = (noun: string, preposition: string, spots: readonly string[]): Place => ({
  noun,
  at: `${preposition} the ${noun}`,
  to: `to the ${noun}`,
  spots,
});

export const places: readonly Place[] = [
  ...['park', 'forest', 'garden', 'meadow', 'valley'].map((noun) => place(noun, 'in', nature)),
  ...['beach', 'lake', 'river', 'pond'].map((noun) => place(noun, 'at', nature)),
  ...['hill', 'farm', 'island'].map((noun) => place(noun, 'on', nature)),
  ...['market', 'school', 'mill', 'harbour', 'station', 'castle'].map((noun) => place(noun, 'at', built)),
];
