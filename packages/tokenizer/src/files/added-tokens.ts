/** `added_tokens` of a `tokenizer.json`: the special tokens, whose ids may lie in the model's vocabulary or behind it. */
import { type InvalidFileError, type JsonReader, type JsonValue, show, showJson } from '@gpt-ts/core';
import type { Vocab, VocabEntries } from './vocab-json.js';

/** A value and where it is in the text. */
export interface Placed {
  readonly value: JsonValue;
  readonly at: number;
}

/** A special token, its id, and where it is in the text. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
  readonly at: number;
}

/** Checks the added tokens and puts them into the vocabulary. */
export function addTokens(
  added: readonly Placed[],
  { ids, places }: VocabEntries,
  reader: JsonReader,
): Map<string, AddedToken> {
  const tokens = new Map<string, AddedToken>();
  for (const [i, placed] of added.entries()) {
    const token = addedToken(placed, i, reader);
    const { content, id, at } = token;
    if (tokens.has(content)) throw reader.fail(at, `added_tokens[${i}]: ${show(content)} comes twice`);
    tokens.set(content, token);
    const inModel = ids.get(content);
    if (inModel === undefined) {
      ids.set(content, id);
      places.push(at);
    } else if (inModel !== id) {
      throw reader.fail(
        at,
        `added_tokens[${i}]: ${show(content)} has id ${id} here and ${inModel} in model.vocab`,
      );
    }
  }
  return tokens;
}

/**
 * Refuses an added token that plain text can become, and, where `complete`, other tokens that it cannot become.
 *
 * @param made - The tokens that encoding text can give.
 */
export function assertSpecial(
  added: ReadonlyMap<string, AddedToken>,
  made: ReadonlySet<string>,
  { tokens }: Vocab,
  reader: JsonReader,
  complete: boolean,
): void {
  for (const [content, { at }] of added) {
    if (made.has(content))
      throw reader.fail(at, `added_tokens: ${show(content)} is a token of plain text too`);
  }
  const lost = complete ? tokens.find((token) => !made.has(token) && !added.has(token)) : undefined;
  if (lost === undefined) return;
  const problem = `model.vocab: ${show(lost)} is no byte, is made by no merge and is not in added_tokens`;
  throw reader.fail(0, problem);
}

/** Only plain special tokens: one with options is looked for in other places of a text. */
function addedToken({ value, at }: Placed, index: number, reader: JsonReader): AddedToken {
  const field = (name: string): JsonValue | undefined => (value instanceof Map ? value.get(name) : undefined);
  const fail = (name: string, expected: string): InvalidFileError =>
    reader.fail(at, `added_tokens[${index}].${name} must be ${expected}, got ${showJson(field(name))}`);
  const content = field('content');
  const id = field('id');
  if (typeof content !== 'string' || content === '') throw fail('content', 'a text that is not empty');
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) throw fail('id', 'an integer from 0');
  if (field('special') !== true) throw fail('special', 'true');
  for (const name of ['single_word', 'lstrip', 'rstrip']) {
    if ((field(name) ?? false) !== false) throw fail(name, 'false');
  }
  return { content, id, at };
}
