/** The stage `filter`: documents in the right language, long enough, not from Wikipedia. */
import type { WebDocument } from '../extract/extract-stage.js';
import { isUnder, WIKIPEDIA } from '../links/block-lists.js';
import type { Outcome, Stage } from '../stage/stage.js';
import { languageOf } from './language.js';
import { textHash } from './text-hash.js';

/** Which documents to keep. */
export interface FilterOptions {
  /** ISO 639-3 codes; an empty list keeps all. Default `['eng']`. */
  languages?: readonly string[];
  /** Of the text. Default 512, about 128 tokens. */
  minCharacters?: number;
  /** Of the text. Default 1 Mi. */
  maxCharacters?: number;
  /** Keep Wikipedia. Default false: evaluation sets are made of it. */
  wikipedia?: boolean;
}

/** A document with its language. */
export interface LabelledDocument extends WebDocument {
  /** ISO 639-3. */
  lang: string;
}

/** A document on its way to `exact`. */
export interface HashedDocument extends LabelledDocument {
  hash: string;
}

const wikipediaDomains = new Set(WIKIPEDIA);

/** A job for each part. Reasons, in the order they are looked for: `wikipedia`, `too-short`, `too-long`, `language`. */
export function filterStage(options: FilterOptions = {}): Stage {
  const { languages = ['eng'], minCharacters = 512, maxCharacters = 2 ** 20, wikipedia = false } = options;
  const settings = { languages: [...languages], minCharacters, maxCharacters, wikipedia };
  return {
    name: 'filter',
    version: 1,
    options: settings,
    over: 'each',
    async *run(job) {
      for await (const record of job.records()) yield outcomeOf(record as unknown as WebDocument, settings);
    },
  };
}

function outcomeOf(document: WebDocument, options: Required<FilterOptions>): Outcome {
  const { id, url, text } = document;
  const drop = (reason: string, more = {}) => ({ drop: { id, url, ...more }, reason });
  if (!options.wikipedia && isUnder(new URL(url).hostname, wikipediaDomains)) return drop('wikipedia');
  if (text.length < options.minCharacters) return drop('too-short');
  if (text.length > options.maxCharacters) return drop('too-long');
  const lang = languageOf(text);
  if (options.languages.length > 0 && !options.languages.includes(lang)) return drop('language', { lang });
  return { keep: { ...document, lang, hash: textHash(text) } satisfies HashedDocument };
}
