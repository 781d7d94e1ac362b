/** XML, as far as data sets need it. */
import { InvalidFileError } from '@gpt-ts/core';
import { parseXml, type XmlElement } from '@rgrove/parse-xml';
import { plainText } from './lines.js';

/**
 * The root element. Entities that the file defines are refused, not expanded.
 *
 * @throws {@link InvalidFileError} when the text is not well-formed XML, or nested too deeply for the stack.
 */
export function xmlRoot(text: string, file: string): XmlElement {
  try {
    const root = parseXml(plainText(text)).root;
    if (root !== null) return root;
  } catch (cause) {
    const { line, column } = cause as { line?: number; column?: number };
    const field = line === undefined ? undefined : `line ${line}, column ${column}`;
    const [first] = (cause as Error).message.split('\n', 1);
    const problem =
      cause instanceof RangeError
        ? 'its elements are nested too deeply'
        : first.slice(0, 120).replace(/ \(line \d+, column \d+\)$/, '');
    throw new InvalidFileError({ file, field, problem, cause });
  }
  throw new InvalidFileError({ file, problem: 'it has no root element' });
}

/** The element children of an element, optionally only those with a name. */
export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      child.type === 'element' && (name === undefined || (child as XmlElement).name === name),
  );
}
