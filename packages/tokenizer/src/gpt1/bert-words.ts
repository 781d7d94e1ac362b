/**
 * The words that Hugging Face's fast tokenizer of openai-gpt sees, in place of what OpenAI's own encoder saw: lower case,
 * no accents, every punctuation mark a word, no line breaks.
 *
 * @see huggingface/tokenizers `normalizers/bert.rs` and `pre_tokenizers/bert.rs`, with the settings that
 * huggingface/transformers `convert_slow_tokenizer.py` gives them.
 */
const CONTROL = /(?![\t\n\r])[\0\ufffd\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;
const CHINESE =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;
const WORD = /[^\s\p{P}$+<=>^`|~]+|[\p{P}$+<=>^`|~]/gu; // of the signs in ASCII, \p{P} lacks these

/**
 * @example
 * bertWords('Naïve?!\n3.14'); // => ['naive', '?', '!', '3', '.', '14']
 */
export function bertWords(text: string): string[] {
  const plain = text
    .replace(CONTROL, '')
    .replace(CHINESE, ' $& ')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('Σ', 'σ') // characters are lower-cased one by one, so none knows that it is the last of its word
    .toLowerCase();
  return plain.match(WORD) ?? [];
}
