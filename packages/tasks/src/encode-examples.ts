/** Examples become token ids, once: what training and evaluation draw batches from. */
import { InvalidArgumentError, isGptError } from '@gpt-ts/core';
import { InvalidExampleError } from './errors/invalid-example-error.js';
import type { Example, ExampleContent } from './example.js';
import {
  classification,
  entailment,
  type InputRows,
  multipleChoice,
  type RowFormat,
  similarity,
} from './input-rows.js';
import type { TextCodec } from './text-codec.js';

/** An example in token ids, without the padding behind its longest row. */
export interface EncodedExample {
  /** `[K, T]`, row-major; T is the longest of its rows. */
  readonly tokens: Int32Array;
  /** `[K]`, position of the extract token in each row; padding starts behind it. */
  readonly extractIndex: Int32Array;
  readonly label: number;
}

/**
 * The rows of one example, as GPT-1's Figure 1 has them. Texts are encoded one by one; a question gets a space before
 * it, since it follows the context without a delimiter.
 *
 * @throws InvalidArgumentError when `nCtx` is too short for the form.
 * @example
 * encodeExample({ form: 'classification', text: 'so good' }, tokenizer, format).nRows; // => 1
 */
export function encodeExample(
  example: ExampleContent,
  codec: Pick<TextCodec, 'encode'>,
  format: RowFormat,
): InputRows {
  const encode = (text: string) => codec.encode(text);
  switch (example.form) {
    case 'classification':
      return classification({ text: encode(example.text) }, format);
    case 'entailment':
      return entailment({ premise: encode(example.premise), hypothesis: encode(example.hypothesis) }, format);
    case 'similarity':
      return similarity({ a: encode(example.a), b: encode(example.b) }, format);
    case 'multiple-choice': {
      const question = example.question === undefined ? [] : encode(` ${example.question}`);
      const options = example.options.map(encode);
      return multipleChoice({ context: encode(example.context), question, options }, format);
    }
  }
}

/**
 * Encodes examples of one form for batches.
 *
 * @throws {@link InvalidExampleError} when an example has another form or number of options than the first, or a text that the
 * tokenizer cannot encode.
 * @throws InvalidArgumentError when there are none, or `nCtx` is too short for the form.
 */
export function encodeExamples(
  examples: readonly Example[],
  codec: TextCodec,
  format: RowFormat,
): EncodedExample[] {
  if (examples.length === 0) {
    throw new InvalidArgumentError({ argument: 'examples', expected: 'one or more', received: examples });
  }
  const [first] = examples;
  return examples.map((example) => {
    assertAlike(example, first);
    return { ...trimmed(encodeExample(example, naming(codec, example), format)), label: example.label };
  });
}

/** A tokenizer whose errors say which example it was. */
function naming(codec: TextCodec, { source }: Example): Pick<TextCodec, 'encode'> {
  return {
    encode(text) {
      try {
        return codec.encode(text);
      } catch (cause) {
        if (!isGptError(cause)) throw cause;
        const expected = 'a text that the tokenizer can encode';
        throw new InvalidExampleError({
          ...source,
          expected,
          received: text,
          hint: sentence(cause.message),
          cause,
        });
      }
    },
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function assertAlike(example: Example, first: Example): void {
  if (example.form !== first.form) {
    const expected = `of the form ${first.form}, as the first example is`;
    throw new InvalidExampleError({ ...example.source, expected, received: example.form });
  }
  if (example.form !== 'multiple-choice' || first.form !== 'multiple-choice') return;
  if (example.options.length === first.options.length) return;
  throw new InvalidExampleError({
    ...example.source,
    column: 'options',
    expected: `${first.options.length} texts, as many as the first example has`,
    received: example.options,
    hint: 'A batch has the same number of options throughout: leave this example out, or complete it.',
  });
}

function trimmed({ nRows, nCtx, tokens, extractIndex }: InputRows): Omit<EncodedExample, 'label'> {
  const length = Math.max(...extractIndex) + 1;
  const kept = new Int32Array(nRows * length);
  for (let k = 0; k < nRows; k++) kept.set(tokens.subarray(k * nCtx, k * nCtx + length), k * length);
  return { tokens: kept, extractIndex }; // [K, T]
}
