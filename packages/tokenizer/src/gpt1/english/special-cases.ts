/**
 * Words that the rules for affixes would get wrong, with the tokens they are: contractions, abbreviations, emoticons.
 *
 * From explosion/spaCy 3.8 `spacy/lang/tokenizer_exceptions.py` and `spacy/lang/en/tokenizer_exceptions.py` (MIT), whose
 * loops over pronouns and verbs these are.
 */

/** Contractions as `stem+stem`: each `+` is a cut. `a|b` stands for both; the beginning is lower case or a capital. */
const CONTRACTIONS: readonly string[] = [
  "i+'m|m",
  "i+'m+a",
  'i+m+a',
  "i|you|he|she|it|we|they+'ll|ll|'d|d",
  "i|you|he|she|it|we|they+'ll|'d+'ve",
  'i|you|he|she|it|we|they+ll|d+ve',
  "i|you|we|they+'ve|ve",
  "you|we|they+'re|re",
  "he|she|it+'s|s",
  "who|what|when|where|why|how|there|that|this+'s|s",
  "who|what|when|where|why|how|there|that|this|these|those+'ll|ll|'d|d",
  "who|what|when|where|why|how|there|that|this|these|those+'ll|'d+'ve",
  'who|what|when|where|why|how|there|that|this|these|those+ll|d+ve',
  "who|what|when|where|why|how|there|these|those+'re|re|'ve|ve",
  "ca|could|do|does|did|had|may|might|must|need|ought|sha|should|wo|would+n't|nt",
  "ca|could|do|does|did|had|may|might|must|need|ought|sha|should|wo|would+n't+'ve",
  'ca|could|do|does|did|had|may|might|must|need|ought|sha|should|wo|would+nt+ve',
  "could|might|must|should|would+'ve|ve",
  "ai|are|is|was|were|have|has|dare+n't|nt",
  "how+'d+'y",
  "not+'ve|ve",
  'can+not',
  'gon+na',
  'got+ta',
  "let+'s",
  "c'm+on",
];

/** Contractions that are words of their own. */
const AMBIGUOUS: readonly string[] =
  'Ill ill Its its Hell hell Shell shell Shed shed were Were Well well Whore whore'.split(' ');

/** More cuts, spelled in one way only. */
const CUT: readonly string[] = ["y'+all", 'y+all'];

/** Words that stay whole. */
const WHOLE: string = String.raw`
doin doin' Doin Doin' goin goin' Goin Goin' nothin nothin' Nothin Nothin' nuthin nuthin' Nuthin Nuthin' ol ol' Ol Ol'
somethin somethin' Somethin Somethin' lovin lovin' Lovin Lovin' havin havin' Havin Havin'
em 'em ll 'll nuff 'nuff 'S 's ‘S ‘s and/or w/o 're 'Cause 'cause 'cos 'Cos 'coz 'Coz 'cuz 'Cuz 'bout 'd
ma'am Ma'am o'clock O'clock
Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. Colo. Conn. Dec. Del. Feb. Fla. Ga. Ia. Id. Ill. Ind. Jan. Jul. Jun. Kan. Kans.
Ky. La. Mar. Mass. Mich. Minn. Miss. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. Okla. Ore. Pa. S.C. Sep.
Sept. Tenn. Va. Wash. Wis.
a.m. Adm. Bros. co. Co. Corp. D.C. Dr. e.g. E.g. E.G. Gen. Gov. i.e. I.e. I.E. Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr.
Mrs. Ms. p.m. Ph.D. Prof. Rep. Rev. Sen. St. vs. v.s.
\t \n — ' \") <space> '' C++
a. b. c. d. e. f. g. h. i. j. k. l. m. n. o. p. q. r. s. t. u. v. w. x. y. z. ä. ö. ü.
:) :-) :)) :-)) :))) :-))) (: (-: =) (= ") :] :-] [: [-: [= =] :o) (o: :} :-} 8) 8-) (-8 ;) ;-) (; (-; :( :-( :(( :-((
:((( :-((( ): )-: =( >:( :') :'-) :'( :'-( :/ :-/ =/ =| :| :-| ]= =[ :1 :P :-P :p :-p :O :-O :o :-o :0 :-0 :() >:o :*
:-* :3 :-3 =3 :> :-> :X :-X :x :-x :D :-D ;D ;-D =D xD XD xDD XDD 8D 8-D ^_^ ^__^ ^___^ >.< >.> <.< ._. ;_; -_- -__- v.v
V.V v_v V_V o_o o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o @_@ <3 <33 <333 </3 (^_^) (-_-) (._.) (>_<) (*_*)
(¬_¬) ಠ_ಠ ಠ︵ಠ (ಠ_ಠ) ¯\(ツ)/¯ (╯°□°）╯︵┻━┻ ><(((*>
`;

/** The tokens of each special case. */
export const SPECIAL_CASES: ReadonlyMap<string, readonly string[]> = build();

/** Length of the longest special case. */
export const MAX_SPECIAL_LENGTH: number = Math.max(...[...SPECIAL_CASES.keys()].map((word) => word.length));

function build(): Map<string, readonly string[]> {
  const cases = new Map<string, readonly string[]>();
  const add = (tokens: readonly string[]): unknown => cases.set(tokens.join(''), tokens);
  for (const word of WHOLE.trim().split(/\s+/)) add([word]);
  for (let hour = 1; hour <= 12; hour++) {
    for (const half of ['a.m.', 'am', 'p.m.', 'pm']) add([`${hour}`, half]);
  }
  for (const pattern of CUT) add(pattern.split('+'));
  for (const pattern of CONTRACTIONS) {
    for (const tokens of spellings(pattern)) {
      add(tokens);
      add([tokens[0][0].toUpperCase() + tokens[0].slice(1), ...tokens.slice(1)]);
    }
  }
  for (const word of AMBIGUOUS) cases.delete(word);
  // Every case also with the curly apostrophe.
  for (const tokens of [...cases.values()]) add(tokens.map((token) => token.replaceAll("'", '’')));
  return cases;
}

/** All lists of tokens that a pattern stands for. */
function spellings(pattern: string): string[][] {
  let lists: string[][] = [[]];
  for (const part of pattern.split('+')) {
    lists = lists.flatMap((list) => part.split('|').map((token) => [...list, token]));
  }
  return lists;
}
