/** How a dummy model writes: every way of {@link Decoding}, by its definition and without a thought for speed. */
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import type { Decoding, Generated, GenerateRequest } from './language-model.js';
import { Random } from './random.js';

/** A dummy model's prediction. */
export interface Prediction {
  /** p(id | context) of every id, where the context may be of any length. */
  next(context: readonly number[]): number[];
  /** The text of ids. */
  decode?: ((ids: readonly number[]) => string) | undefined;
}

/** A text and how it ended: `kept` is without a stop sequence. */
interface Text {
  ids: readonly number[];
  kept: readonly number[];
  finished: boolean;
}

/** Answers the request at `place` among those asked together. */
export function writeDummy(prediction: Prediction, request: GenerateRequest, place: number): Generated {
  const { context, decoding = { kind: 'greedy' } } = request;
  const prompt = Array.from(context);
  const read = (ids: readonly number[]) => textOf(ids, request, prediction.decode);
  if (decoding.kind === 'beam') return beam(prediction, prompt, request, decoding, read);
  const random =
    decoding.kind === 'sample' ? new Random(decoding.seed, `generate/${decoding.text ?? place}`) : undefined;
  let text = read([]);
  while (!text.finished && text.ids.length < request.maxNewTokens) {
    const p = prediction.next([...prompt, ...text.ids]);
    const id = decoding.kind === 'sample' ? draw(p, decoding.topK, random!) : byLikelihood(p)[0];
    text = read([...text.ids, id]);
  }
  return { ids: [...text.kept] };
}

function textOf(
  ids: readonly number[],
  { stop = [], stopStrings = [] }: GenerateRequest,
  decode: Prediction['decode'],
): Text {
  const strings = stopStrings.filter((each) => each !== '');
  if (strings.length > 0 && !decode) {
    throw new InvalidArgumentError({
      argument: 'stopStrings',
      expected: 'given to a model that knows its text',
      received: stopStrings,
      hint: 'Pass decode to dummyLanguageModel.',
    });
  }
  const met = stop.find((end) => end.length > 0 && end.every((id, i) => ids.at(i - end.length) === id));
  const finished = met !== undefined || strings.some((each) => decode!(ids).includes(each));
  return { ids, kept: ids.slice(0, ids.length - (met?.length ?? 0)), finished };
}

/** Ids, the likeliest first, the lowest of equals. */
function byLikelihood(p: readonly number[]): number[] {
  return [...p.keys()].sort((a, b) => p[b] - p[a]);
}

/** A draw among the k likeliest and those that tie with the last of them. */
function draw(p: readonly number[], topK: number, random: Random): number {
  if (!Number.isInteger(topK) || topK < 1) {
    throw new InvalidArgumentError({ argument: 'topK', expected: 'a positive integer', received: topK });
  }
  const least = p[byLikelihood(p)[Math.min(topK, p.length) - 1]];
  const kept = [...p.keys()].filter((id) => p[id] >= least);
  let remaining = random.uniform() * kept.reduce((sum, id) => sum + p[id], 0);
  return kept.find((id) => (remaining -= p[id]) < 0) ?? kept[kept.length - 1];
}

/** Beam search to the last length: what is finished by then, and what still lives. */
function beam(
  { next }: Prediction,
  prompt: readonly number[],
  { maxNewTokens }: GenerateRequest,
  { width, lengthPenalty, results = 1 }: Extract<Decoding, { kind: 'beam' }>,
  read: (ids: readonly number[]) => Text,
): Generated {
  if (!Number.isInteger(results) || results < 1 || results > width) {
    const expected = `an integer from 1 to width (${width})`;
    throw new InvalidArgumentError({ argument: 'results', expected, received: results });
  }
  const done: { text: Text; logProb: number }[] = [];
  let live = [{ text: read([]), logProb: 0 }];
  for (let length = 1; length <= maxNewTokens; length++) {
    const front = live
      .flatMap(({ text: { ids }, logProb }) =>
        next([...prompt, ...ids]).map((p, id) => ({
          text: read([...ids, id]),
          logProb: logProb + Math.log(p),
        })),
      )
      .sort((a, b) => b.logProb - a.logProb)
      .slice(0, 2 * width);
    done.push(...front.filter(({ text }) => text.finished));
    live = front.filter(({ text }) => !text.finished).slice(0, width);
  }
  const score = ({ text, logProb }: (typeof done)[number]) =>
    logProb / ((5 + text.ids.length) / 6) ** lengthPenalty;
  const found = [...done, ...live].sort((a, b) => score(b) - score(a)).slice(0, results);
  const [ids, ...others] = found.map(({ text }) => [...text.kept]);
  return results === 1 ? { ids } : { ids, others };
}
