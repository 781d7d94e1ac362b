import { InvalidArgumentError } from '@gpt-ts/core';

/** Documents one by one: a list, or what reads a file as it goes. */
export type Documents = Iterable<string> | AsyncIterable<string>;

/** @throws {@link InvalidArgumentError} for documents that can be gone through only once, such as a generator. */
export function assertRepeatable(argument: string, documents: Documents): void {
  const repeatable =
    Symbol.asyncIterator in documents
      ? (documents[Symbol.asyncIterator]() as unknown) !== documents
      : Symbol.iterator in documents && (documents[Symbol.iterator]() as unknown) !== documents;
  if (repeatable) return;
  throw new InvalidArgumentError({
    argument,
    expected: 'documents that can be gone through twice',
    received: documents,
    hint: 'Give a list, or an object whose iterator begins anew each time.',
  });
}
