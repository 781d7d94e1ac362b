/**
 * The first step of GPT-1's text encoder, `ftfy.fix_text` (Robyn Speer, https://github.com/rspeer/python-ftfy): text that
 * was decoded wrongly, HTML entities, ligatures, curly quotes, line breaks, control characters.
 *
 * The work is done by the npm package ftfy-js, 16 MB that nobody else should have to install; so it is loaded on demand.
 * Most text needs nothing or hardly anything and does not go through it.
 */
import { MissingPackageError } from './missing-package-error.js';

/** The part of ftfy-js that is used. */
interface Ftfy {
  fix_text(text: string, config?: { unescape_html: boolean }): string;
}

/** Repairs a text. */
export type RepairText = (text: string) => string;

// What is left: ASCII without entities and control characters, and quotes and dashes. No run of them looks like text that
// was decoded wrongly, so the library changes nothing but quotes and line breaks; the test compares.
const NOT_SIMPLE = /[^\t\n\r\x20-\x25\x27-\x7e‘’“”–—…]/;

/**
 * Loads the library.
 *
 * @throws {@link MissingPackageError} when it is not installed.
 */
export async function loadRepairText(
  // Caught on the spot, so that bundlers let it be missing.
  load: () => Promise<Ftfy> = () => import('ftfy-js').catch((error) => Promise.reject(error)),
): Promise<RepairText> {
  try {
    const ftfy = await load();
    return (text) => repairText(text, ftfy);
  } catch (cause) {
    const purpose = "GPT-1's official tokenizer";
    const hint = "The pipeline 'huggingface' does without, and gives other ids.";
    throw new MissingPackageError({ package: 'ftfy-js@6.3.2', purpose, hint, cause });
  }
}

/** Line by line, as `fix_text` does: from the first line with a `<` on, entities are left alone. */
function repairText(text: string, ftfy: Ftfy): string {
  if (!NOT_SIMPLE.test(text)) return repairSimple(text);
  let repaired = '';
  let isMarkup = false;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    const line = text.slice(start, end);
    if (!NOT_SIMPLE.test(line)) repaired += repairSimple(line);
    else repaired += ftfy.fix_text(line, isMarkup ? { unescape_html: false } : undefined);
    isMarkup ||= line.includes('<');
    start = end;
  }
  return repaired;
}

function repairSimple(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}
