const KNOWN: ReadonlySet<string> = new Set(
  `adj adm adv apr asst aug ave bart bldg brig bros capt cf cmdr co col comdr con corp cpl dec dept dr dist eds esq est
  etc feb fig figs ft gen gov hon hosp hr inc insp jan jr lt ltd maj messrs mlle mm mme mr mrs ms msgr mt nov oct op
  ord pfc ph pp prof pvt rep reps res rev sen sens sept sfc sgt sr st supt surg univ var vs vol vols`.split(
    /\s+/,
  ),
);

/**
 * Whether the period at the end belongs to the word: an initial, letters with periods, or a known abbreviation.
 *
 * @param word - Ends in a period.
 */
export function isAbbreviation(word: string): boolean {
  const core = word.slice(0, -1);
  return /^\p{L}$/u.test(core) || /^\p{L}.*\../u.test(core) || KNOWN.has(core.toLowerCase());
}
