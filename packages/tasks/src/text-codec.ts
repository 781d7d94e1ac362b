/** What tasks need of a tokenizer. Every gpt-ts tokenizer is one, and so is any object with these two methods. */
export interface TextCodec {
  /** Id of the token between documents, where there is one. */
  readonly eotId?: number | undefined;
  /** The ids of a text, special tokens not among them. */
  encode(text: string): number[];
  /** The text of ids; bytes that are not a whole character become U+FFFD. */
  decode(ids: readonly number[]): string;
}
