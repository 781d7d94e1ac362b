/**
 * Porter's stemmer for English.
 *
 * @see Porter 1980, An algorithm for suffix stripping, with the two later rules of the author's own programs (bli, logi).
 */

const C = '[^aeiou][^aeiouy]*'; // consonants: y is one at the beginning and after a vowel
const V = '[aeiouy][aeiou]*';
const MEASURE_ABOVE_0 = new RegExp(`^(?:${C})?${V}${C}`);
const MEASURE_1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
const MEASURE_ABOVE_1 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
const HAS_VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
const ENDS_LIKE_HOP = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);

const STEP_2: Readonly<Record<string, string>> = {
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
};
const STEP_3: Readonly<Record<string, string>> = {
  icate: 'ic',
  ative: '',
  alize: 'al',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
};
const STEP_2_ENDING = new RegExp(`^(.+?)(${Object.keys(STEP_2).join('|')})$`);
const STEP_3_ENDING = new RegExp(`^(.+?)(${Object.keys(STEP_3).join('|')})$`);
const STEP_4_ENDING =
  /^(.+?)(?:al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|(?<=[st])ion|ou|ism|ate|iti|ous|ive|ize)$/;

/**
 * The stem of a lower-case English word.
 *
 * @example
 * porterStem('generalizations'); // => 'gener'
 */
export function porterStem(word: string): string {
  if (word.length < 3) return word;
  let stem = word.replace(/^y/, 'Y'); // a consonant
  stem = stem.replace(/(ss|i)es$/, '$1').replace(/([^s])s$/, '$1');
  stem = withoutEdOrIng(stem);
  stem = stem.replace(/^(.+)y$/, (all, before) => (HAS_VOWEL.test(before) ? `${before}i` : all));
  stem = replaceEnding(stem, STEP_2_ENDING, STEP_2);
  stem = replaceEnding(stem, STEP_3_ENDING, STEP_3);
  stem = stem.replace(STEP_4_ENDING, (all, before) => (MEASURE_ABOVE_1.test(before) ? before : all));
  stem = stem.replace(/^(.+)e$/, (all, before) => (isLongWithoutE(before) ? before : all));
  if (stem.endsWith('ll') && MEASURE_ABOVE_1.test(stem)) stem = stem.slice(0, -1);
  return stem.replace(/^Y/, 'y');
}

function withoutEdOrIng(word: string): string {
  if (word.endsWith('eed')) return MEASURE_ABOVE_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const [, before] = /^(.+?)(?:ed|ing)$/.exec(word) ?? [];
  if (before === undefined || !HAS_VOWEL.test(before)) return word;
  if (/(?:at|bl|iz)$/.test(before)) return `${before}e`;
  if (/([^aeiouylsz])\1$/.test(before)) return before.slice(0, -1);
  return MEASURE_1.test(before) && ENDS_LIKE_HOP.test(before) ? `${before}e` : before;
}

function replaceEnding(word: string, ending: RegExp, by: Readonly<Record<string, string>>): string {
  return word.replace(ending, (all, before, end) => (MEASURE_ABOVE_0.test(before) ? before + by[end] : all));
}

function isLongWithoutE(stem: string): boolean {
  return MEASURE_ABOVE_1.test(stem) || (MEASURE_1.test(stem) && !ENDS_LIKE_HOP.test(stem));
}
