/**
 * A page's main text, by Mozilla's Readability on linkedom. OpenAI used Dragnet and Newspaper (GPT-2 section 2.1).
 *
 * It may run long or deep on pages made for that: run it where it can be stopped, as `ExtractPool` does.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { blockText } from './block-text.js';
import { depthOf, measureMarkup } from './measure-markup.js';

/** What was found on a page. */
export interface Extracted {
  title: string;
  /** Paragraphs and headings as lines, an empty line between two. */
  text: string;
}

/** Limits of a page. */
export interface ExtractLimits {
  /** Characters of HTML. Default 4 Mi. */
  maxCharacters?: number;
  /** Tags in the HTML. Default 30,000: time grows faster than their number. */
  maxTags?: number;
  /** Elements inside each other. Default 400; a browser's parser stops at 512. */
  maxDepth?: number;
}

/** Why a page gives no text. */
export type ExtractReason = 'page-too-big' | 'too-many-tags' | 'too-deep' | 'no-text' | 'extract-failed';

/**
 * Takes the main text out of a page.
 *
 * @returns the text, or the reason why there is none.
 */
export function extractText(html: string, limits: ExtractLimits = {}): Extracted | ExtractReason {
  const { maxCharacters = 4 * 2 ** 20, maxTags = 30_000, maxDepth = 400 } = limits;
  if (html.length > maxCharacters) return 'page-too-big';
  const { tags, depth } = measureMarkup(html, { maxTags, maxDepth });
  if (tags > maxTags) return 'too-many-tags';
  if (depth > maxDepth) return 'too-deep';
  try {
    return mainText(html, maxDepth);
  } catch (error) {
    return error instanceof RangeError ? 'too-deep' : 'extract-failed'; // a RangeError is the end of the stack
  }
}

function mainText(html: string, maxDepth: number): Extracted | ExtractReason {
  const { document } = parseHTML(wholePage(html));
  if (depthOf(document, maxDepth) > maxDepth) return 'too-deep';
  if (!document.body) return 'no-text';
  const article = new Readability<Node>(document, {
    serializer: (node) => node,
    disableJSONLD: true,
  }).parse();
  if (!article?.content) return 'no-text';
  const text = blockText(article.content);
  return text === '' ? 'no-text' : { title: (article.title ?? '').trim(), text };
}

/** With the elements around it that HTML lets writers leave out and this parser does not add. */
function wholePage(html: string): string {
  if (/<body[\s>]/i.test(html) && /<html[\s>]/i.test(html)) return html;
  const inner = html.replace(/<!doctype[^>]*>|<\/?(html|body)(\s[^>]*)?>/gi, '');
  const head = /<\/head\s*>/i.exec(inner);
  if (head === null) {
    const title = /<title[^>]*>[^<]{0,1000}<\/title\s*>/i.exec(inner)?.[0] ?? '';
    return `<!doctype html><html><head>${title}</head><body>${inner.replace(title, () => '')}</body></html>`;
  }
  const bodyAt = head.index + head[0].length;
  return `<!doctype html><html>${inner.slice(0, bodyAt)}<body>${inner.slice(bodyAt)}</body></html>`;
}
