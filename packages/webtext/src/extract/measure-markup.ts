/** How big and how deep a page is: a quick look before anything is built, and a sure one after. */

const TAG = /<(?:(!--)|(\/?)([a-z][^\s/>]*))/gi;
const RAW: ReadonlySet<string> = new Set(['script', 'style', 'textarea', 'title']); // no tags inside
/** Never closed, or closed by what follows: they add no depth that lasts. */
const SHALLOW: ReadonlySet<string> = new Set(
  `area base br col embed hr img input link meta param source track wbr
  p li dt dd td th tr thead tbody tfoot colgroup option optgroup rt rp html head body`.split(/\s+/),
);

/**
 * Counts the tags that open, and how many are open at once. Stops at either limit, so that a page made to be slow costs
 * nothing.
 */
export function measureMarkup(
  html: string,
  limits: { maxTags: number; maxDepth: number },
): { tags: number; depth: number } {
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match !== null; match = TAG.exec(html)) {
    const [, comment, slash, name] = match;
    if (comment) {
      TAG.lastIndex = after(html, '-->', TAG.lastIndex);
      continue;
    }
    const lower = name.toLowerCase();
    if (slash) {
      if (!SHALLOW.has(lower)) depth = Math.max(0, depth - 1);
      continue;
    }
    tags++;
    if (RAW.has(lower)) TAG.lastIndex = after(html, `</${name}`, TAG.lastIndex);
    else if (!SHALLOW.has(lower)) deepest = Math.max(deepest, ++depth);
    if (tags > limits.maxTags || deepest > limits.maxDepth) break;
  }
  return { tags, depth: deepest };
}

/** The longest way down from a node, without recursion. Stops looking below `most`. */
export function depthOf(root: Node, most: number): number {
  let deepest = 0;
  let depth = 0;
  for (let node: Node | null = root; node; ) {
    if (node.firstChild && depth <= most) {
      node = node.firstChild;
      deepest = Math.max(deepest, ++depth);
      continue;
    }
    while (node && node !== root && !node.nextSibling) {
      node = node.parentNode;
      depth--;
    }
    if (!node || node === root) break;
    node = node.nextSibling;
  }
  return deepest;
}

/** Behind the next `mark`, or the end. */
function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}
