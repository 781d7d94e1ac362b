/** Every kind of story; all are equally likely. */
import { borrowed } from './borrowed.js';
import type { Plot } from './cast.js';
import { harvest } from './harvest.js';
import { hungry } from './hungry.js';
import { leftBehind } from './left-behind.js';
import { lost } from './lost.js';
import { present } from './present.js';
import { promised } from './promised.js';
import { stormyDay } from './storm.js';
import { trade } from './trade.js';
import { treasure } from './treasure.js';

export const plots: readonly Plot[] = [
  ...[borrowed, harvest, hungry, leftBehind, lost, present, promised, stormyDay, trade, treasure],
];
