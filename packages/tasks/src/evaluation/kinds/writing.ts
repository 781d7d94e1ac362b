/** Write on: translations, summaries, answers in one's own words. */
import type { Decoding } from '@gpt-ts/core';
import { encodePrompt } from './encode-prompt.js';
import type { Kind } from './kind.js';

/** What to continue, and until when. */
export interface WritingQuestion {
  context: string;
  maxNewTokens: number;
  /** The text ends before the first of these. */
  stop?: readonly string[];
  /** Default: greedy. */
  decoding?: Decoding;
}

/** What was written, up to a stop string or the end of the text. */
export interface WritingAnswer {
  text: string;
  /** Of a beam search that was asked for several texts: the others, best first. */
  others?: string[];
}

export const writing: Kind<WritingQuestion, WritingAnswer> = {
  after(prefix, question, index) {
    const { context, decoding } = question;
    const drawn = decoding?.kind === 'sample' && { decoding: { ...decoding, text: index } };
    return { ...question, context: prefix + context, ...drawn };
  },
  size: (question) => ({ texts: [question.context], newTokens: question.maxNewTokens }),

  async ask(questions, { model, codec }) {
    const written = await model.generateUntil(
      questions.map(({ context, maxNewTokens, stop = [], decoding }) => ({
        context: encodePrompt(codec, context),
        maxNewTokens,
        stop: codec.eotId === undefined ? [] : [[codec.eotId]],
        stopStrings: stop,
        decoding,
      })),
    );
    return written.map(({ ids, others }, i) => {
      const text = (each: readonly number[]) => before(codec.decode(each), questions[i].stop ?? []);
      return { text: text(ids), ...(others && { others: others.map(text) }) };
    });
  },
};

/** A text up to the first of the strings. */
function before(text: string, stop: readonly string[]): string {
  const ends = stop.map((each) => text.indexOf(each)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}
