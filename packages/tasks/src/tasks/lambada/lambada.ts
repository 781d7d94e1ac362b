/**
 * LAMBADA: what is the last word of a passage?
 *
 * Three ways to ask, because the paper's figures and its words do not tell the same: the whole word, its last token, and the best word
 * that is no stop word.
 *
 * @see GPT-2 section 3.3.
 */
import { type LambadaDocument, readLambada } from '../../documents/lambada.js';
import { meanOf, perplexityOf } from '../../evaluation/metric.js';
import type { InContext, Published, Task } from '../../evaluation/task.js';
import { stopWords } from './stop-words.js';

const WORD = /^\s+["'“‘(]*(\p{L}[\p{L}\p{N}]*(?:['’-][\p{L}\p{N}]+)*)/u;
const BEAMS = 16;
const TOKENS = 4; // holds every word of the first 300 passages
const STOP = ['.', ',', '!', '?', ';', ':', '\n']; // a text that ends makes room for another word

const paper = 'GPT-2 section 3.3';
const files = { test: ['lambada_test.jsonl'] };
const inContext: InContext<LambadaDocument> = {
  shot: ({ context, lastWord }) => ({ context, completion: ` ${lastWord}` }),
};

const perplexity: Published = {
  source: 'GPT-2 Table 3',
  setting: 'zero-shot',
  metric: 'perplexity',
  values: { '117M': 35.13, '345M': 15.6, '762M': 10.87, '1542M': 8.63 },
};
const accuracy: Published = {
  source: 'GPT-2 Table 3',
  setting: 'zero-shot; 1542M with a stop-word filter',
  metric: 'accuracy',
  values: { '117M': 45.99, '345M': 55.48, '762M': 60.12, '1542M': 63.24 },
};
const unfiltered: Published = {
  source: paper,
  setting: 'zero-shot, without a stop-word filter',
  metric: 'accuracy',
  values: { '1542M': 52.66 },
};

/** By the whole word, or its last token. */
function scored(
  lastTokenOnly: boolean,
  rest: Pick<Task, 'name' | 'title' | 'published'>,
): Task<'continuation', LambadaDocument> {
  return {
    ...rest,
    ...{ version: 1, paper, kind: 'continuation', files, read: readLambada, inContext },
    ask: ({ context, lastWord }) => ({ context, continuation: ` ${lastWord}`, lastTokenOnly }),
    judge: (_, { logProb, tokens, isGreedy }) => ({ correct: Number(isGreedy), nats: -logProb, tokens }),
    metrics: { accuracy: meanOf('correct'), perplexity: perplexityOf('nats') },
  };
}

export const lambada: Task<'continuation', LambadaDocument> = scored(false, {
  name: 'lambada',
  title: 'What is the last word of a passage? All tokens of the word',
  published: [unfiltered, perplexity],
});

export const lambadaLastToken: Task<'continuation', LambadaDocument> = scored(true, {
  name: 'lambada-last-token',
  title: 'What is the last word of a passage? Its last token alone, as the published figures seem to be',
  published: [accuracy, unfiltered, perplexity],
});

export const lambadaStopWords: Task<'writing', LambadaDocument> = {
  name: 'lambada-stop-words',
  version: 1,
  title: 'What is the last word of a passage? The likeliest that is no stop word',
  paper,
  kind: 'writing',
  files,
  read: readLambada,
  inContext,
  ask: ({ context }) => ({
    context,
    maxNewTokens: TOKENS,
    stop: STOP,
    decoding: { kind: 'beam', width: BEAMS, lengthPenalty: 0, results: BEAMS },
  }),
  judge({ lastWord }, { text, others = [] }) {
    const words = [text, ...others].map(wordOf);
    const answer = words.find((word) => word !== '' && !stopWords.has(word)) ?? '';
    const wanted = wordOf(` ${lastWord}`);
    return {
      answer,
      correct: Number(wanted !== '' && answer === wanted),
      unfiltered: Number(wanted !== '' && words[0] === wanted),
    };
  },
  metrics: { accuracy: meanOf('correct'), 'accuracy, unfiltered': meanOf('unfiltered') },
  published: [accuracy, { ...unfiltered, metric: 'accuracy, unfiltered' }],
};

/** The word that a continuation begins with; nothing where it goes on with the word before, or with a sign. */
function wordOf(text: string): string {
  return WORD.exec(text)?.[1] ?? '';
}

export const lambadaTasks: readonly Task[] = [lambada, lambadaLastToken, lambadaStopWords];
