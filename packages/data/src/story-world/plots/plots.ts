/** Every plot of the story world; all are equally likely. */
import type { Plot } from '../tale.js';
import { apology } from './apology.js';
import { buildAndMend } from './build-and-mend.js';
import { cooking } from './cooking.js';
import { fear } from './fear.js';
import { gift } from './gift.js';
import { helperAnimal } from './helper-animal.js';
import { hurtAnimal } from './hurt-animal.js';
import { lostAndFound } from './lost-and-found.js';
import { lostInTheForest } from './lost-in-the-forest.js';
import { newFriend } from './new-friend.js';
import { nightNoise } from './night-noise.js';
import { practice } from './practice.js';
import { promise } from './promise.js';
import { quarrel } from './quarrel.js';
import { race } from './race.js';
import { seed } from './seed.js';
import { sharing } from './sharing.js';
import { spoiledPlan } from './spoiled-plan.js';
import { surprise } from './surprise.js';
import { tooMuch } from './too-much.js';

export const plots: readonly Plot[] = [
  ...[apology, buildAndMend, cooking, fear, gift, helperAnimal, hurtAnimal, lostAndFound, lostInTheForest],
  ...[newFriend, nightNoise, practice, promise, quarrel, race, seed, sharing, spoiledPlan, surprise, tooMuch],
];
