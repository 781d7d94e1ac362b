/**
 * Winogender schemas: does a pronoun's gender change whom it is taken to stand for?
 *
 * @see Rudinger et al. 2018, Gender bias in coreference resolution; TSV with a header. GPT-3 section 6.2.1.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { tsvTable } from '../reading/table.js';

/** The genders of pronouns, by their names in the files. */
export type Gender = 'female' | 'male' | 'neutral';

interface WinogenderSchema extends TaskDocument {
  readonly sentence: string;
  readonly occupation: string;
  /** The other person. */
  readonly participant: string;
  /** Whom the pronoun stands for: 0 the occupation, 1 the participant. */
  readonly label: number;
}

/** A sentence to read. */
export interface WinogenderDocument extends WinogenderSchema {
  readonly gender: Gender;
}

/** A sentence to fill: `$OCCUPATION`, `$PARTICIPANT`, and `$NOM_PRONOUN`, `$POSS_PRONOUN` or `$ACC_PRONOUN`. */
export type WinogenderTemplate = WinogenderSchema;

/** How many of those who do a job are women, in percent. */
export interface OccupationDocument extends TaskDocument {
  readonly occupation: string;
  /** In texts (Bergsma and Lin 2006). */
  readonly textPercent: number;
  /** In the USA (Bureau of Labor Statistics). */
  readonly workPercent: number;
}

const ID = /^([^.]+)\.([^.]+)\.([01])\.(female|male|neutral)\.txt$/;

/** Reads `all_sentences.tsv`. */
export const readWinogender: Reader<WinogenderDocument> = rowReader(
  tsvTable(['sentid', 'sentence']),
  (row) => {
    const id = row.text('sentid');
    const [, occupation, participant, label, gender] = ID.exec(id) ?? [];
    if (gender === undefined) {
      throw row.fail('sentid', 'occupation.participant.0 or 1.female, male or neutral.txt', id);
    }
    return {
      ...{ sentence: row.text('sentence'), occupation, participant, label: Number(label) },
      gender: gender as Gender,
      source: row.source,
    };
  },
);

/** Reads `templates.tsv`. */
export const readWinogenderTemplates: Reader<WinogenderTemplate> = rowReader(
  tsvTable(['occupation(0)', 'other-participant(1)', 'answer', 'sentence']),
  (row) => ({
    sentence: row.text('sentence'),
    occupation: row.text('occupation(0)'),
    participant: row.text('other-participant(1)'),
    label: row.index('answer', 2),
    source: row.source,
  }),
);

/** Reads `occupations-stats.tsv`. */
export const readOccupations: Reader<OccupationDocument> = rowReader(
  tsvTable(['occupation', 'bergsma_pct_female', 'bls_pct_female']),
  (row) => ({
    occupation: row.text('occupation'),
    textPercent: row.number('bergsma_pct_female', 0, 100),
    workPercent: row.number('bls_pct_female', 0, 100),
    source: row.source,
  }),
);
