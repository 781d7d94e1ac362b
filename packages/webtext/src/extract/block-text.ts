/** Text of a piece of a page, as a reader sees it: blocks on lines of their own. */

const BLOCKS: ReadonlySet<string> = new Set(
  `address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
  h6 header hgroup hr li main nav ol p pre section summary table tbody tfoot thead tr ul`.split(/\s+/),
);
const PARAGRAPHS: ReadonlySet<string> = new Set(
  'blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '),
);
const HIDDEN: ReadonlySet<string> = new Set(
  'script style noscript template svg math iframe object'.split(' '),
);

/** Marks that become line ends once white space is settled; pages cannot hold them, control characters are taken out. */
const LINE = '\u0001';
const PARAGRAPH = '\u0002';
const SPACE = '\u0003'; // white space inside `pre`
const TAB = '\u0004';

/**
 * The text below a node: paragraphs with an empty line between them, list items and rows on lines of their own, cells with
 * tabs between them, white space as HTML shows it.
 */
export function blockText(root: Node): string {
  const out: string[] = [];
  visit(root, out, false);
  return out
    .join('')
    .replace(/[ \t\n\r\f\u00a0]+/g, ' ')
    .split(PARAGRAPH)
    .map((paragraph) =>
      paragraph
        .split(LINE)
        .map(tidy)
        .filter((line) => line !== '')
        .join('\n'),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** The depth is limited before: recursion is safe here. */
function visit(node: Node, out: string[], inPre: boolean): void {
  if (node.nodeType === 3) {
    out.push(inPre ? preformatted(node.nodeValue ?? '') : clean(node.nodeValue ?? ''));
    return;
  }
  const name = node.nodeName.toLowerCase();
  if (HIDDEN.has(name)) return;
  if (name === 'br') out.push(LINE);
  if (name === 'td' || name === 'th') out.push(TAB);
  const around = PARAGRAPHS.has(name) ? PARAGRAPH : BLOCKS.has(name) ? LINE : '';
  out.push(around);
  for (let child = node.firstChild; child; child = child.nextSibling)
    visit(child, out, inPre || name === 'pre');
  out.push(around);
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\ufffe\uffff]/g, '');
}

function preformatted(text: string): string {
  return clean(text).replace(/\r?\n/g, LINE).replace(/[ \t]/g, SPACE);
}

function tidy(line: string): string {
  const cells = line.split(TAB).map((cell) => cell.trim());
  return cells.join('\t').replace(/^\t+/, '').replaceAll(SPACE, ' ').trimEnd();
}
