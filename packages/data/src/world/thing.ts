/** One thing of the world. Written in a template it is its noun: `the ${kite}`. */
import { withArticle } from '../story-world/grammar.js';
import type { ThingKind } from './words/things.js';

/** What can be said of a thing's looks. */
export type Look = 'colour' | 'size' | 'age' | 'material';

export const LOOKS: readonly Look[] = ['size', 'age', 'colour', 'material']; // the order of English

/** A thing with all its looks, and which of them the story tells. */
export class Thing {
  readonly noun: string;
  /** Undefined for food. */
  readonly kind: ThingKind | undefined;
  readonly looks: Readonly<Partial<Record<Look, string>>>;
  /** Looks the story tells when the thing is first named. The others stay open. */
  readonly told: ReadonlySet<Look>;

  constructor(
    noun: string,
    kind: ThingKind | undefined,
    looks: Partial<Record<Look, string>>,
    told: Iterable<Look>,
  ) {
    this.noun = noun;
    this.kind = kind;
    this.looks = looks;
    this.told = new Set(told);
  }

  /** "a small red kite": how the story names it first. */
  get a(): string {
    const adjectives = LOOKS.filter((look) => this.told.has(look)).map((look) => this.looks[look]);
    return withArticle([...adjectives, this.noun].join(' '));
  }

  toString(): string {
    return this.noun;
  }
}
