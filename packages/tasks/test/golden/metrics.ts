/** The values in `metrics.json`; the README beside it says where they are from. */
import { readFileSync } from 'node:fs';
import type { Bleu, RougeScore } from '../../src/index.js';

interface Golden {
  bleu: { name: string; predictions: string[]; references: string[][]; multiBleu: Bleu; sacreBleu: Bleu }[];
  tokens13a: { text: string; tokens: string[] }[];
  rouge: ({ prediction: string; reference: string } & Record<
    'rouge1' | 'rouge2' | 'rougeL' | 'rougeLsum',
    RougeScore
  >)[];
  answers: {
    prediction: string;
    references: string[];
    exactMatch: number;
    f1: number;
    /** None where there is no reference. */
    coqa: number | null;
  }[];
  drop: { prediction: string; references: string[][]; f1: number }[];
  correlation: { predictions: number[]; labels: number[]; pearson: number; spearman: number }[];
}

export const golden: Golden = JSON.parse(readFileSync(new URL('metrics.json', import.meta.url), 'utf8'));
