/** What language a text is in, from its triples of letters (franc). */
import { franc } from 'franc-min';

const LOOK_CHARACTERS = 10_000;

/** An ISO 639-3 code, such as `eng`, or `und` for too little text. */
export function languageOf(text: string): string {
  return franc(text.slice(0, LOOK_CHARACTERS));
}
