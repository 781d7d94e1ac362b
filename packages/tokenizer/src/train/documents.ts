/** The texts that a vocabulary is learned from, read a little at a time. */
import { notText } from '../errors/not-text.js';

/** One text: a string, or its parts in order, such as Node's `createReadStream(path, 'utf8')`. */
export type Document = string | AsyncIterable<string>;

/** One text, or many. An asynchronous iterable holds documents: put the stream of a file in a list, `[stream]`. */
export type Documents = string | Iterable<Document> | AsyncIterable<Document>;

/** Takes the parts of the documents; `last` says that the document ends. */
export type ReadPart = (part: string, last: boolean) => void;

const PART = 2 ** 17; // UTF-16 units: a millisecond or two of work between two looks at the clock

/**
 * Shows the documents one after another, in parts that are cut anywhere.
 *
 * @param pause - Called between parts.
 * @throws {@link InvalidArgumentError} at a document or a part that is no text.
 */
export async function readDocuments(
  text: Documents,
  read: ReadPart,
  pause: () => Promise<void> | undefined,
): Promise<void> {
  const readAll = async (part: string): Promise<void> => {
    if (typeof part !== 'string') throw notText(part);
    for (let at = 0; at < part.length; at += PART) {
      read(part.slice(at, at + PART), false);
      await pause();
    }
  };
  for await (const document of typeof text === 'string' ? [text] : text) {
    if (typeof document === 'string') await readAll(document);
    else if (typeof document?.[Symbol.asyncIterator] !== 'function') throw notText(document);
    else for await (const part of document) await readAll(part);
    read('', true);
    await pause();
  }
}
