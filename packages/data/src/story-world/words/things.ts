/** Things to hold, lose, want and eat. */

export const colours: readonly string[] = [
  ...['red', 'blue', 'green', 'yellow', 'orange', 'purple', 'white', 'brown'],
];

export const looks: readonly string[] = ['little', 'old', 'new', 'pretty', 'small'];

/** How each loved thing gets lost: some roll, some blow away, some fall out of a bag. */
export const treasures = {
  roll: ['ball', 'toy car', 'marble', 'toy train'],
  blow: ['hat', 'scarf', 'kite', 'paper plane'],
  fall: ['doll', 'teddy bear', 'book', 'toy horse'],
} as const;

/** Things to play with together. */
export const games: readonly string[] = ['ball', 'kite', 'jump rope', 'toy boat', 'drum', 'toy train'];

export const fruits: readonly string[] = ['apple', 'pear', 'banana', 'orange', 'peach', 'plum'];
