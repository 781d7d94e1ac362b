/**
 * Words that hardly ever end a passage of LAMBADA: articles, pronouns, prepositions, conjunctions, auxiliary verbs. GPT-2's list is
 * not published; this one is ours. Small letters alone: `Will` and `May` may be names.
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those some any each every no another such
  i me you he him she her it we us they them my your his its our their myself yourself himself herself itself ourselves themselves
  who whom whose which what when where why how
  and or but nor so if than because while although unless until since as like
  of in on at by for with about against between into through during before after above below to from over under around toward
  towards without within upon onto across along behind beside near
  is am are was were be been being have has had having do does did doing will would shall should can could may might must
  not very just only even ever all both more most other`.split(/\s+/),
);
