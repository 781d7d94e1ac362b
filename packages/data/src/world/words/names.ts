/** Who may live in the world. More names than in the first story world: who does what is the point of many tasks. */
import { boys as fewBoys, girls as fewGirls } from '../../story-world/words/people.js';

export const girls: readonly string[] = [
  ...fewGirls,
  ...['Ella', 'Ruby', 'Rosa', 'Ida', 'Clara', 'Emma', 'Ivy', 'Eva', 'Maya'],
  ...['Alma', 'Tilda', 'Hanna', 'Jill', 'Kate', 'Nina', 'Olga', 'Pia', 'Vera'],
];

export const boys: readonly string[] = [
  ...fewBoys,
  ...['Jack', 'Noah', 'Otto', 'Paul', 'Hugo', 'Emil', 'Adam', 'Carl', 'Dan'],
  ...['Eric', 'Fred', 'Gus', 'Ivan', 'Jim', 'Luke', 'Nick', 'Oscar', 'Ralph'],
];
