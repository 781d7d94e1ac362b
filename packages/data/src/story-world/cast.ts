/**
 * Casting. Two friends never share a pronoun, so "he" and "she" always point at one of them.
 */
import { Person } from './person.js';
import type { Tale } from './tale.js';
import { boys, family, feminine, girls, masculine, talkingAnimals } from './words/people.js';

/** A girl and a boy, in either order. */
export function children(tale: Tale): [Person, Person] {
  const [first, second] = pair(tale);
  return [tale.enter(first), tale.enter(second)];
}

/** Two children or, one time in three, two talking animals of different kinds. */
export function friends(tale: Tale): [Person, Person] {
  if (!tale.chance(1, 3)) return children(tale);
  const [first, second] = pair(tale);
  const [kind, otherKind] = tale.pickTwo(talkingAnimals);
  return [
    tale.enter(new Person(first.name, kind, first, true)),
    tale.enter(new Person(second.name, otherKind, second, true)),
  ];
}

/** Someone of the family. Plots avoid pronouns for them: a hero may have the same one. */
export function grownUp(tale: Tale): Person {
  const [name, pronouns] = tale.pick(family);
  return tale.enter(new Person(name, name.toLowerCase(), pronouns));
}

function pair(tale: Tale): [Person, Person] {
  const girl = new Person(tale.pick(girls), 'girl', feminine);
  const boy = new Person(tale.pick(boys), 'boy', masculine);
  return tale.sometimes() ? [girl, boy] : [boy, girl];
}
