/** Text to text, with whatever turns text into ids and back. */
import type { GPT } from '../gpt.js';
import { type GenerateOptions, generate } from './generate.js';

/** What {@link generateText} needs of a tokenizer; those of `@gpt-ts/tokenizer` have it. */
export interface TextCodec {
  /** The ids of a text. */
  encode(text: string): ArrayLike<number>;
  /** The text of ids, U+FFFD for bytes that are no character. */
  decode(ids: readonly number[]): string;
  /** Ends a document. */
  readonly eotId?: number;
  /** Ids from 0 to `nVocab - 1` have a text; of a model with more, no other is drawn. Default: all have. */
  readonly nVocab?: number;
}

/**
 * Continues a text, and gives the new text piece by piece: whole characters, and nothing of a stop string. `prompt` and the
 * pieces, joined, are the text: where the codec puts spaces between words, the first piece begins with one.
 *
 * @param prompt - Text to continue; the empty one begins a document, when the codec has an `eotId`.
 * @param options - Those of {@link generate}; `eotId` and `nDrawable` are the codec's unless given.
 * @throws InvalidArgumentError for a prompt of no ids, or impossible options.
 * @example
 * for await (const piece of generateText(model, tokenizer, 'Once', { maxNewTokens: 50, stopStrings: ['\n'] })) {
 *   process.stdout.write(piece);
 * }
 */
export async function* generateText(
  model: GPT,
  codec: TextCodec,
  prompt: string,
  options: Omit<GenerateOptions, 'samples' | 'decode' | 'promptTexts'>,
): AsyncGenerator<string, void, undefined> {
  const { nVocab } = model.config;
  const { eotId, nVocab: known = nVocab } = codec;
  const ids = prompt === '' && eotId !== undefined ? [eotId] : codec.encode(prompt);
  const decode = (some: readonly number[]) => codec.decode(some);
  const own = { eotId, nDrawable: Math.min(known, nVocab) };
  const fixed = { samples: 1, decode, promptTexts: [prompt] };
  let given = 0;
  for await (const { type, text = '' } of generate(model, [ids], { ...own, ...options, ...fixed })) {
    const piece = type === 'token' ? text : text.slice(given); // the end has the whole text
    given += piece.length;
    if (piece !== '') yield piece;
  }
}
