/** Bytes of a page to text, whatever its encoding. */
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { FetchProblem } from './fetch-problem.js';

const LOOK_BYTES = 4096; // HTML wants the declaration in the first 1,024 bytes; some pages are late
const SNIFF_BYTES = 2 ** 16;
const MAX_BROKEN_SHARE = 0.01; // of characters that no encoding explains

// Browsers read these as Windows' supersets (WHATWG Encoding standard).
const SUPERSETS: ReadonlyMap<string, string> = new Map([
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['us-ascii', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['iso-8859-9', 'windows-1254'],
  ['gb2312', 'gbk'],
  ['shift-jis', 'shift_jis'],
]);

/**
 * Decodes by the first of: a byte order mark, the content type, a `meta` declaration, UTF-8 if the bytes are valid, what they
 * look like. A declared encoding that does not exist or does not fit is passed over.
 *
 * @throws {@link FetchProblem} `bad-charset` when more than 1 % of the characters are broken in every one; `not-text` for
 * bytes with zeros among them.
 */
export function decodePage(bytes: Uint8Array, contentType: string): { charset: string; content: string } {
  const marked = markOf(bytes);
  if (marked === undefined && bytes.subarray(0, LOOK_BYTES).includes(0))
    throw new FetchProblem('not-text', 'zero bytes');
  for (const charset of marked ? [marked] : candidates(bytes, contentType)) {
    const content = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), charset);
    if (brokenShare(content) <= MAX_BROKEN_SHARE) return { charset, content };
  }
  throw new FetchProblem('bad-charset', contentType.slice(0, 80));
}

function* candidates(bytes: Uint8Array, contentType: string): Generator<string> {
  const declared = known(/charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1]);
  if (declared) yield declared;
  const head = Buffer.from(bytes.subarray(0, LOOK_BYTES)).toString('latin1');
  const meta = known(/<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(head)?.[1]);
  if (meta) yield meta.startsWith('utf-16') ? 'utf-8' : meta; // it could not have been read as UTF-16
  yield 'utf-8';
  for (const { name } of analyse(bytes.subarray(0, SNIFF_BYTES))) {
    const looksLike = known(name);
    if (looksLike) yield looksLike;
  }
}

/** The name to decode with, where there is such an encoding. */
function known(name: string | undefined): string | undefined {
  const lower = name?.toLowerCase();
  const found = lower && (SUPERSETS.get(lower) ?? lower);
  return found && !found.includes('utf-7') && iconv.encodingExists(found) ? found : undefined;
}

function markOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
}

/** Share of characters that are U+FFFD or control characters of no use in a page. */
function brokenShare(text: string): number {
  let broken = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || code < 9 || (code > 13 && code < 32 && code !== 27)) broken++;
  }
  return text.length === 0 ? 0 : broken / text.length;
}
