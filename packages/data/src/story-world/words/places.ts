/** Where stories happen. */

/** A place to go to, with the spots where something small can lie. */
export interface Place {
  /** Where one is: "in the park". */
  readonly at: string;
  /** Where one goes: "to the park". */
  readonly to: string;
  readonly spots: readonly string[];
}

export const outdoors: readonly Place[] = [
  {
    at: 'in the park',
    to: 'to the park',
    spots: ['under a bench', 'behind a big tree', 'in the tall grass', 'next to the gate'],
  },
  {
    at: 'at the beach',
    to: 'to the beach',
    spots: ['behind a rock', 'under an old boat', 'in the sand', 'next to a big shell'],
  },
  {
    at: 'in the forest',
    to: 'to the forest',
    spots: ['under a bush', 'behind an old log', 'on the soft moss', 'next to a little stream'],
  },
  {
    at: 'in the garden',
    to: 'to the garden',
    spots: ['behind a flower pot', 'under a big leaf', 'next to the fence', 'between the roses'],
  },
  {
    at: 'on the farm',
    to: 'to the farm',
    spots: ['behind the barn', 'in the hay', 'under a cart', 'next to the well'],
  },
  {
    at: 'by the lake',
    to: 'to the lake',
    spots: ['under a bridge', 'behind a rock', 'in the tall grass', 'next to the water'],
  },
];

/** Houses, as in "Tom lived in ...". */
export const homes: readonly string[] = [
  'a small house near the river',
  'a little house by the sea',
  'a red house on a hill',
  'a white house next to the forest',
  'an old house at the end of the road',
];

/** Where home is, for people and for talking animals. */
export const lands = {
  people: ['the little town', 'the quiet village', 'the town by the sea'],
  animals: ['the green forest', 'the quiet forest', 'the green valley'],
} as const;
