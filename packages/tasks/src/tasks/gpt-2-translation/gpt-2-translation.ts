/**
 * Translation between English and French by example: `english sentence = french sentence`, a line each, then a sentence and `=`.
 *
 * @see GPT-2 section 3.7.
 */
import { readTranslation, type TranslationDocument } from '../../documents/translation.js';
import { bleuMetric, bleuOutcome } from '../../evaluation/bleu-metric.js';
import type { Task } from '../../evaluation/task.js';
import { SACRE_BLEU } from '../../metrics/bleu.js';
import type { TextFile } from '../../sets/task-set.js';
import { asEquation, taskPrompt, taskShot } from '../../task-text.js';
import { sentences } from '../sentences.js';

/** What the names of files in a language have as one of their parts: `newstest2014.en`, `eng_Latn.dev`, `europarl.fr-en.en`. */
const LANGUAGES = { en: /^(?:en|eng)$/, fr: /^(?:fr|fra)$/ };
const WHOLE = 'whole line: ';
type Language = keyof typeof LANGUAGES;

function translation(
  from: Language,
  to: Language,
  title: string,
  published: number,
): Task<'writing', TranslationDocument> {
  const task = `translate ${from} to ${to}`;
  return {
    ...{ name: `wmt-${from}-${to}-gpt2`, version: 1, title, paper: 'GPT-2 section 3.7', kind: 'writing' },
    files: { test: ['newstest2014.en', 'newstest2014.fr'], train: ['newstest2013.en', 'newstest2013.fr'] },
    read: (files, onBadRow) => readTranslation(inDirection(files, from, to), onBadRow),
    inContext: {
      shot: (pair) => taskShot({ task, input: pair.from, output: pair.to }, asEquation),
      delimiter: '\n',
      sameForAll: true,
    },
    ask: (pair) => ({
      context: taskPrompt({ task, input: pair.from }, asEquation),
      maxNewTokens: 100,
      stop: ['\n'],
    }),
    judge: (pair, { text }) => ({
      ...bleuOutcome(sentences(text)[0] ?? '', [pair.to], SACRE_BLEU),
      ...bleuOutcome(text, [pair.to], SACRE_BLEU, WHOLE),
    }),
    metrics: { BLEU: bleuMetric(SACRE_BLEU), 'BLEU, whole line': bleuMetric(SACRE_BLEU, WHOLE) },
    published: [
      {
        ...{ source: 'GPT-2 section 3.7', setting: 'example pairs, WMT-14 test, tokenization not published' },
        ...{ metric: 'BLEU', values: { '1542M': published } },
      },
    ],
  };
}

/** Two files, the one to translate from first if their names say which that is; otherwise in the order that they are given. */
function inDirection(files: readonly TextFile[], from: Language, to: Language): readonly TextFile[] {
  if (files.length !== 2) return files;
  const [one, other] = files;
  return languageOf(one) === to && languageOf(other) === from ? [other, one] : files;
}

/** The last part of a name that is a language. */
function languageOf({ name }: TextFile): string | undefined {
  const parts = name.split(/[._-]/).reverse();
  const found = parts.map((part) => Object.entries(LANGUAGES).find(([, code]) => code.test(part))?.[0]);
  return found.find((language) => language !== undefined);
}

export const wmtEnFr: Task<'writing', TranslationDocument> = translation(
  'en',
  'fr',
  'Translate from English to French, after pairs that are joined by =',
  5,
);
export const wmtFrEn: Task<'writing', TranslationDocument> = translation(
  'fr',
  'en',
  'Translate from French to English, after pairs that are joined by =',
  11.5,
);

export const gpt2Translation: readonly Task[] = [wmtEnFr, wmtFrEn];
