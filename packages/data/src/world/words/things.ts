/** What can be held, used, broken and lost. */

/** A kind of thing. */
export interface ThingKind {
  readonly noun: string;
  /** What one does with it, before "the kite": "fly". */
  readonly use: string;
  /** The same in the past: "flew". */
  readonly used: string;
  /** What it may be made of. */
  readonly materials: readonly string[];
  /** Can break. */
  readonly breaks: boolean;
}

const kind = (noun: string, use: string, used: string, materials: string, breaks: boolean): ThingKind => ({
  noun,
  use,
  used,
  materials: materials.split(' '),
  breaks,
});

export const thingKinds: readonly ThingKind[] = [
  kind('ball', 'play with', 'played with', 'leather rubber', false),
  kind('kite', 'fly', 'flew', 'paper silk', true),
  kind('boat', 'sail', 'sailed', 'wooden paper tin', true),
  kind('doll', 'play with', 'played with', 'wooden straw', true),
  kind('drum', 'play', 'played', 'wooden tin', true),
  kind('train', 'play with', 'played with', 'wooden tin', true),
  kind('flute', 'play', 'played', 'wooden silver', true),
  kind('whistle', 'blow', 'blew', 'wooden tin', true),
  kind('bell', 'ring', 'rang', 'silver tin', false),
  kind('lamp', 'light', 'lit', 'glass tin', true),
  kind('cup', 'drink from', 'drank from', 'clay glass tin', true),
  kind('mirror', 'look into', 'looked into', 'silver wooden', true),
  kind('box', 'open', 'opened', 'wooden tin paper', true),
  kind('basket', 'carry', 'carried', 'straw wooden', true),
  kind('hat', 'wear', 'wore', 'straw woollen leather', false),
  kind('scarf', 'wear', 'wore', 'woollen silk', false),
  kind('coat', 'wear', 'wore', 'woollen leather', false),
  kind('bag', 'carry', 'carried', 'leather straw', false),
  kind('umbrella', 'open', 'opened', 'paper silk', true),
  kind('book', 'read', 'read', 'leather paper', false),
  kind('sled', 'ride on', 'rode on', 'wooden tin', true),
  kind('cart', 'pull', 'pulled', 'wooden tin', true),
  kind('puppet', 'play with', 'played with', 'wooden paper', true),
  kind('clock', 'look at', 'looked at', 'wooden silver', true),
  kind('spade', 'dig with', 'dug with', 'wooden tin', true),
  kind('blanket', 'sit on', 'sat on', 'woollen silk', false),
  kind('mask', 'wear', 'wore', 'paper wooden', true),
  kind('crown', 'wear', 'wore', 'paper silver', true),
  kind('ring', 'wear', 'wore', 'silver glass', false),
  kind('globe', 'turn', 'turned', 'glass paper', true),
];

/** Things to eat, one at a time. */
export const foods: readonly string[] = [
  ...['bun', 'cookie', 'pie', 'pancake', 'sandwich', 'cake', 'roll', 'tart', 'sausage', 'waffle'],
];

/** Things that are picked and counted. */
export const fruits: readonly string[] = [
  ...['apple', 'pear', 'plum', 'peach', 'cherry', 'nut', 'berry', 'carrot', 'lemon', 'mushroom'],
];

/** Open properties of a thing: a story may tell them or not. */
export const looks = {
  colour: ['red', 'blue', 'green', 'yellow', 'orange', 'purple', 'white', 'brown', 'black', 'pink'],
  size: ['small', 'big'],
  age: ['old', 'new'],
} as const;

/** Numbers by value, as far as stories count. */
export const numbers: readonly string[] = [
  ...['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
];
