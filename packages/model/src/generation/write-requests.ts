/** Requests to write, answered side by side: greedy texts and draws together, beams together. */
import { type Decoding, type Generated, type GenerateRequest, InvalidArgumentError } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';
import { assertRoom, roomFor } from './assert-room.js';
import { batchesOf } from './batches.js';
import { type BeamSearchOptions, checkBeamSearchOptions, searchSideBySide } from './beam-search.js';
import { type DrawableOptions, drawableIds } from './drawable.js';
import { endsWith } from './ends-with.js';
import { seamOf } from './seam.js';
import { assertTexts, type ReadingOptions, TextRows } from './text-rows.js';
import { drawsOf, writeTexts } from './write-texts.js';
import { type WritingOptions, WrittenText } from './written-text.js';

/** How requests are answered. */
export interface RequestOptions extends DrawableOptions, Pick<ReadingOptions, 'memoryLimitBytes'> {
  /** The text of ids, U+FFFD for bytes that are no character. Requests with stop strings need it. */
  decode?: (ids: readonly number[]) => string;
}

/** Most positions of a batch: what reads and writes them is small beside a model, and weights are fetched once for all. */
const BATCH_POSITIONS = 8192;

/** How a text is written, and what its draws follow from. */
type Writing = WritingOptions & { seed: number; text: number };

/** A request, checked. */
interface Asked<Options> {
  /** Among the requests. */
  place: number;
  prompt: ArrayLike<number>;
  /** How many texts are kept for it side by side. */
  rows: number;
  options: Options & Pick<BeamSearchOptions, 'maxNewTokens' | 'stop'>;
}

/**
 * Answers requests in their order. Draws depend on the request's seed and number alone.
 *
 * @throws InvalidArgumentError for a request that makes no sense, TokenRangeError for an id outside the vocabulary: both before
 * anything is written.
 * @throws TooManyTextsError when not even one request fits into memory.
 */
export async function writeRequests(
  model: GPT,
  requests: readonly GenerateRequest[],
  options: RequestOptions,
): Promise<Generated[]> {
  const texts: Asked<Writing>[] = [];
  const beams: Asked<BeamSearchOptions>[] = [];
  for (const [place, request] of requests.entries()) {
    const { context: prompt, decoding = { kind: 'greedy' } } = request;
    const common = commonOptions(model, request, options);
    if (decoding.kind === 'beam') {
      const { width, lengthPenalty: alpha, results = 1 } = decoding;
      const search = { ...common, ...options, width, alpha, results };
      checkBeamSearchOptions(search);
      beams.push({ place, prompt, rows: width, options: search });
    } else texts.push({ place, prompt, rows: 1, options: { ...common, ...drawing(decoding, place) } });
  }
  const answers = requests.map(({ decoding }): Generated => {
    const several = decoding?.kind === 'beam' && (decoding.results ?? 1) > 1;
    return several ? { ids: [], others: [] } : { ids: [] };
  });
  for (const batch of batchesFor(model, texts, options)) await write(model, batch, options, answers);
  for (const batch of batchesFor(model, beams, options)) await search(model, batch, options, answers);
  return answers;
}

/** What a request says, whatever its decoding. */
function commonOptions(
  model: GPT,
  { context, maxNewTokens, stop = [], stopStrings = [] }: GenerateRequest,
  { decode }: RequestOptions,
): Pick<WritingOptions, 'maxNewTokens' | 'stop' | 'stopStrings' | 'decode'> {
  assertTexts(model, [context], 'context');
  if (!Number.isSafeInteger(maxNewTokens) || maxNewTokens < 0) {
    const expected = 'a whole number of tokens';
    throw new InvalidArgumentError({ argument: 'maxNewTokens', expected, received: maxNewTokens });
  }
  const strings = stopStrings.filter((each) => each !== '');
  if (strings.length > 0 && !decode) {
    throw new InvalidArgumentError({
      argument: 'stopStrings',
      expected: 'given to a model that knows its text',
      received: stopStrings,
      hint: 'Pass decode to languageModel.',
    });
  }
  const words = strings.length > 0 && { stopStrings: strings, decode };
  return { maxNewTokens, stop: stop.filter(({ length }) => length > 0), ...words };
}

function drawing(
  decoding: Exclude<Decoding, { kind: 'beam' }>,
  place: number,
): Pick<Writing, 'temperature' | 'topK' | 'seed' | 'text'> {
  if (decoding.kind === 'greedy') return { temperature: 0, seed: 0, text: place };
  const { topK, seed, text = place } = decoding;
  if (!Number.isSafeInteger(topK) || topK < 1) {
    throw new InvalidArgumentError({ argument: 'topK', expected: 'a positive integer', received: topK });
  }
  drawsOf(seed, text); // throws for a seed that is none
  return { topK, seed, text };
}

/** Requests of similar length, as many as half of the memory holds; those that ask for no token are in none. */
function batchesFor<T>(model: GPT, asked: readonly Asked<T>[], options: RequestOptions): Asked<T>[][] {
  const own = asked.filter(({ options: { maxNewTokens } }) => maxNewTokens > 0);
  if (own.length === 0) return [];
  const positions = own.map((each) => Math.min(model.config.nCtx, roomOf(each)) * each.rows);
  const longest = own.reduce((most, each) => Math.max(most, roomOf(each)), 0);
  const { bytesPerText, availableBytes, ...room } = roomFor(model, longest, options);
  const fitting = (availableBytes / 2 / bytesPerText) * room.positions;
  return batchesOf(positions, Math.min(BATCH_POSITIONS, fitting)).map((batch) => batch.map((i) => own[i]));
}

/** How many ids a text of it will have in the end. */
function roomOf<T>({ prompt, options }: Asked<T>): number {
  return prompt.length + options.maxNewTokens;
}

async function write(
  model: GPT,
  batch: readonly Asked<Writing>[],
  options: RequestOptions,
  answers: Generated[],
): Promise<void> {
  const nDrawable = drawableIds(model, options);
  const room = Math.max(...batch.map(roomOf));
  const rows = new TextRows(
    model,
    batch.map(({ prompt }) => prompt),
    room,
  );
  assertRoom(model, batch.length, room, options);
  const texts = batch.map(({ prompt, options: own }, row) => {
    const before = own.decode && seamOf(prompt, own.decode, nDrawable);
    return new WrittenText(row, 0, drawsOf(own.seed, own.text), own, before);
  });
  for await (const { text, ending } of writeTexts(rows, texts, nDrawable)) {
    if (!ending) continue;
    const stop = typeof ending.stop === 'string' ? [] : (ending.stop ?? []);
    answers[batch[text.prompt].place] = { ids: text.ids.slice(0, text.ids.length - stop.length) };
  }
}

async function search(
  model: GPT,
  batch: readonly Asked<BeamSearchOptions>[],
  options: RequestOptions,
  answers: Generated[],
): Promise<void> {
  const found = await searchSideBySide(model, batch, options);
  for (const [i, { place, options: own }] of batch.entries()) {
    const [ids, ...others] = found[i].map((each) => {
      const stop = own.stop?.find((sequence) => endsWith(each.ids, sequence)) ?? [];
      return each.ids.slice(0, each.ids.length - stop.length);
    });
    answers[place] = own.results === 1 ? { ids } : { ids, others };
  }
}
