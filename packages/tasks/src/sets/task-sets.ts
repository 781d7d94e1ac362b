/** The published data sets that can be read by name. */
import { cola } from './cola.js';
import { copa } from './copa.js';
import { mctest } from './mctest.js';
import { mrpc } from './mrpc.js';
import { expmrcRace, race } from './race.js';
import { rte } from './rte.js';
import { sick } from './sick.js';
import { sst2 } from './sst-2.js';
import type { TaskSet } from './task-set.js';

/** Every set under its name. */
export interface TaskSets {
  readonly 'sst-2': TaskSet<'classification'>;
  readonly cola: TaskSet<'classification'>;
  readonly rte: TaskSet<'entailment'>;
  readonly sick: TaskSet<'entailment'>;
  readonly mrpc: TaskSet<'similarity'>;
  readonly copa: TaskSet<'multiple-choice'>;
  readonly mctest: TaskSet<'multiple-choice'>;
  readonly race: TaskSet<'multiple-choice'>;
  readonly 'expmrc-race': TaskSet<'multiple-choice'>;
}

/** The name of a set. */
export type TaskSetName = keyof TaskSets;

/**
 * Published data sets: form, class names, files, reader and metric.
 *
 * @example
 * taskSets.rte.classes; // => ['entailment', 'not_entailment']
 */
export const taskSets: TaskSets = {
  'sst-2': sst2,
  cola,
  rte,
  sick,
  mrpc,
  copa,
  mctest,
  race,
  'expmrc-race': expmrcRace,
};
