/** A page as it was had, from the network or from disk. */
import { decodePage } from './decode-page.js';
import { FetchProblem } from './fetch-problem.js';

/** The bytes of a page and what its server said of them. */
export interface RawPage {
  /** After all redirects. */
  url: string;
  contentType: string;
  body: Uint8Array;
}

/** A page as text. */
export interface Page {
  url: string;
  kind: 'html' | 'text';
  charset: string;
  /** HTML, or plain text. */
  content: string;
}

/** Whether a content type is one that holds text to read. */
export function kindOf(contentType: string): Page['kind'] | undefined {
  const type = contentType.split(';', 1)[0].trim().toLowerCase();
  if (type === '' || type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  return type === 'text/plain' ? 'text' : undefined;
}

/** Decodes a page. @throws {@link FetchProblem} `content-type`, `bad-charset` or `not-text`. */
export function readPage({ url, contentType, body }: RawPage): Page {
  const kind = kindOf(contentType);
  if (kind === undefined) throw new FetchProblem('content-type', contentType.slice(0, 80));
  return { url, kind, ...decodePage(body, contentType) };
}
