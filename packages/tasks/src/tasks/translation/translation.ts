/** Translation between English and French, German and Romanian (GPT-3 section 3.3). */
import type { TranslationDocument } from '../../documents/translation.js';
import { bleuMetric, bleuOutcome } from '../../evaluation/bleu-metric.js';
import type { Published, Task } from '../../evaluation/task.js';
import { type BleuOptions, SACRE_BLEU } from '../../metrics/bleu.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { FREE_FORM, writingTask } from '../writing-task.js';
import { filesOf, type Language, parallelReader } from './parallel-files.js';

const english: Language = { name: 'English', code: 'en', flores: 'eng_Latn' };
const french: Language = { name: 'French', code: 'fr', flores: 'fra_Latn' };
const german: Language = { name: 'German', code: 'de', flores: 'deu_Latn' };
const romanian: Language = { name: 'Romanian', code: 'ro', flores: 'ron_Latn' };

/** As multi-bleu.perl counts, but on the tokens of mteval-v13a: Moses' own tokenizer is a program by itself. */
const MULTI: BleuOptions = { tokenize: '13a', smoothing: 'none' };

const FEW = 'few-shot, K = 64';

export const translationTasks: readonly Task<'writing', TranslationDocument>[] = [
  translation(english, french, [
    gpt3Figures(FEW, 'multi-bleu', [4.08, 14.5, 19.3, 21.5, 24.9, 27.3, 29.5, 32.6]),
  ]),
  translation(french, english, [
    gpt3Figures(FEW, 'multi-bleu', [4.98, 25.5, 28.5, 31.1, 33.7, 34.9, 36.6, 39.2]),
  ]),
  translation(english, german),
  translation(german, english),
  translation(english, romanian),
  translation(romanian, english),
];

function translation(
  from: Language,
  to: Language,
  published: Published[] = [],
): Task<'writing', TranslationDocument> {
  return writingTask({
    name: `${from.code}-${to.code}`,
    version: 1,
    title: `Translation from ${from.name} to ${to.name}`,
    paper: 'GPT-3 section 3.3',
    files: {
      test: [...filesOf(from), ...filesOf(to)],
      train: [`train.${from.code}`, `train.${to.code}`],
    },
    read: parallelReader(from, to),
    ask: (document, k) => {
      const source = document.from.trim();
      return k === 0 ? `Q: What is the ${to.name} translation of ${source} A:` : `${source} =`;
    },
    writing: { maxNewTokens: 200, stop: ['\n'], decoding: FREE_FORM },
    completion: (document) => ` ${document.to.trim()}`,
    judge: (document, text) => bleuOutcome(text, [document.to.trim()], SACRE_BLEU), // both kinds count the same tokens
    inContext: { k: 64 },
    metrics: { 'multi-bleu': bleuMetric(MULTI), sacrebleu: bleuMetric(SACRE_BLEU) },
    published,
  });
}
