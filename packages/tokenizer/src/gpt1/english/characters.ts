/**
 * The characters that spaCy's English rules speak of, each list to be put between the brackets of a character class with
 * the flag `v`. The lists are those of explosion/spaCy 3.8 `spacy/lang/char_classes.py` (MIT), gaps included.
 */
const { raw } = String;

// Spelled out, and not \p{Script=Latin}: the rules know only these blocks. Inside them, case is Unicode's.
const LATIN: string = [
  raw`A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u01BF\u01C4-\u024F`,
  raw`\u0250-\u02AF\u1D00-\u1D25\u1D6B-\u1D77\u1D79-\u1D9A\u1E00-\u1EFF`, // phonetic, Vietnamese
  raw`\u2C60-\u2C7B\u2C7E\u2C7F\uA722-\uA76F\uA771-\uA787\uA78B-\uA78E\uA790-\uA7B9\uA7FA\uAB30-\uAB5A\uAB60-\uAB64`,
  raw`\uFF21-\uFF3A\uFF41-\uFF5A`, // full width
].join('');
const LATIN_LOWER = raw`[[${LATIN}]&&\p{Ll}]\u0294\u0295`; // two glottal stops without case
const LATIN_UPPER = raw`[[${LATIN}]&&\p{Lu}]`;

const CYRILLIC_LOWER = 'ёа-яәөүҗңһіїєґѓѕјљњќѐѝ'; // Russian, Tatar, Ukrainian, Macedonian
const CYRILLIC_UPPER = 'ЁА-ЯӘӨҮҖҢҺІЇЄҐЃЅЈЉЊЌЀЍ';
const GREEK_LOWER = 'α-ωάέίόώήύ';
const GREEK_UPPER = 'Α-ΩΆΈΊΌΏΉΎ';

const WITHOUT_CASE: string = [
  raw`\u0980-\u09FF\u1200-\u137F\u0591-\u05F4\uFB1D-\uFB4F`, // Bengali, Ethiopic, Hebrew
  raw`\u0620-\u064A\u066E-\u06D5\u06E5-\u06FF\u0750-\u077F\u08A0-\u08BD\uFB50-\uFBB1\uFBD3-\uFD3D\uFD50-\uFDC7`, // Arabic
  raw`\uFDF0-\uFDFB\uFE70-\uFEFC\u{1EE00}-\u{1EEBB}`,
  raw`\u0D80-\u0DFF\u0900-\u097F\u0C80-\u0CFF\u0B80-\u0BFF\u0C00-\u0C7F`, // Sinhala, Hindi, Kannada, Tamil, Telugu
  raw`\uAC00-\uD7AF\u1100-\u11FF\u3040-\u309F\u30A0-\u30FF`, // Hangul, Hiragana, Katakana
  raw`\u3400-\u4DBF\u4E00-\u9FFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2EBEF}\u2E80-\u2FDF\u2FF0-\u303F\u31C0-\u31EF`, // Chinese
  raw`\u3200-\u33FF\uF900-\uFAFF\uFE30-\uFE4F\u{1F200}-\u{1F2FF}\u{2F800}-\u{2FA1F}`,
].join('');

/** Lower-case letters, and letters without case. */
export const ALPHA_LOWER: string = LATIN_LOWER + CYRILLIC_LOWER + GREEK_LOWER + WITHOUT_CASE;
/** Upper-case letters, and letters without case. */
export const ALPHA_UPPER: string = LATIN_UPPER + CYRILLIC_UPPER + GREEK_UPPER + WITHOUT_CASE;
/** Letters. */
export const ALPHA: string =
  LATIN + CYRILLIC_LOWER + CYRILLIC_UPPER + GREEK_LOWER + GREEK_UPPER + WITHOUT_CASE;

/** Quotation marks and brackets that are not ASCII. */
export const QUOTES: string = raw`'"”“\`‘´’‚,„»«「」『』（）〔〕【】《》〈〉〈〉⟦⟧`;
/** Punctuation that is an affix wherever it stands. */
export const PUNCTUATION: string = raw`…,:;!?¿؟¡\(\)\[\]\{\}<>_#*\&。？！，、；：～·।،۔؛٪`;

/** Currency: the alternatives of a group. */
export const CURRENCY: string = raw`US\$|C\$|A\$|[$£€¥฿₽﷼₴\u20A0-\u20BF]`;

/** Units of measure: the alternatives of a group. `тбكم` lacks a comma in the source, so neither of the two is a unit. */
export const UNITS: string =
  'km|km²|km³|m|m²|m³|dm|dm²|dm³|cm|cm²|cm³|mm|mm²|mm³|ha|µm|nm|yd|in|ft|kg|g|mg|µg|t|lb|oz|m/s|km/h|kmh|mph|hPa|Pa|' +
  'mbar|mb|MB|kb|KB|gb|GB|tb|TB|T|G|M|K|%|км|км²|км³|м|м²|м³|дм|дм²|дм³|см|см²|см³|мм|мм²|мм³|нм|кг|г|мг|м/с|км/ч|кПа|' +
  'Па|мбар|Кб|КБ|кб|Мб|МБ|мб|Гб|ГБ|гб|Тб|ТБ|тбكم|كم²|كم³|م|م²|م³|سم|سم²|سم³|مم|مم²|مم³|كم|غرام|جرام|جم|كغ|ملغ|كوب|اكواب';
