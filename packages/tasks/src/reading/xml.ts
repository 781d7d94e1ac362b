/** XML, as far as data sets need it. */
import { InvalidFileError, type JsonValue } from '@gpt-ts/core';
import { parseXml, type XmlElement } from '@rgrove/parse-xml';
import { plainText } from './lines.js';
import type { LazyRow } from './read-rows.js';
import { Row } from './row.js';

/**
 * The root element. Entities that the file defines are refused, not expanded.
 *
 * @throws {@link InvalidFileError} when the text is not well-formed XML, or nested too deeply for the stack.
 */
function xmlRoot(text: string, file: string): XmlElement {
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

/**
 * The children of the root that have a name, as rows with their numbers, from 1. The fields of a row are the attributes and
 * the texts of its elements, two levels deep: `text/pron` is `<pron>` in `<text>`. Texts of elements that repeat are a list.
 *
 * @throws {@link InvalidFileError} when there are none.
 */
export function* xmlRows(text: string, file: string, name: string): Generator<LazyRow> {
  const items = childElements(xmlRoot(text, file), name);
  if (items.length === 0) throw new InvalidFileError({ file, problem: `it holds no <${name}>` });
  for (const [i, item] of items.entries()) yield () => new Row({ file, row: i + 1 }, fieldsOf(item));
}

function fieldsOf(item: XmlElement): Map<string, JsonValue> {
  const fields = new Map<string, JsonValue>(Object.entries(item.attributes));
  for (const child of childElements(item)) {
    const inner = childElements(child);
    if (inner.length === 0) addText(fields, child.name, child.text);
    for (const leaf of inner) addText(fields, `${child.name}/${leaf.name}`, leaf.text);
  }
  return fields;
}

function addText(fields: Map<string, JsonValue>, name: string, text: string): void {
  const before = fields.get(name);
  if (Array.isArray(before)) before.push(text);
  else fields.set(name, before === undefined ? text : [before, text]);
}

function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement =>
      child.type === 'element' && (name === undefined || (child as XmlElement).name === name),
  );
}
