/** Training sequences from several sources, in fixed shares. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { apportion } from './apportion.js';
import { assertNaturals, assertPositiveIntegers } from './assert-integers.js';
import { fillBatch } from './batch.js';
import { assertRange, type Sequences } from './sequences.js';

/** A part of a mixture. */
export interface MixtureSource {
  sequences: Sequences;
  /** Its share of the sequences drawn, in any unit: 60 and 40 say what 0.6 and 0.4 say. */
  weight: number;
}

/** What to mix, and how finely. */
export interface MixtureOptions {
  sources: readonly MixtureSource[];
  /** Orders the sources. Default 0. */
  seed?: number;
  /** Sequences in a round, each of which has the same shares, rounded to whole sequences. Default 1000. */
  roundLength?: number;
}

/** Sequences of several sources; an epoch is as many as all have together. */
export interface Mixture extends Sequences {
  /** How often each source has been gone through after `n` sequences, such as 0.44 or 3.4. */
  epochs(n: number): number[];
}

/**
 * Draws from each source by weight and not by size, as GPT-3 does: good text is seen several times, the crawl not even once.
 * Every round of `roundLength` sequences has the same count of each source (largest remainder), in an order drawn by seed
 * and round. Each source goes on in its own order, without gaps; sequence `i` costs one round, not `i`.
 *
 * @throws {@link InvalidArgumentError} when there is no source, their `nCtx` differ, a weight is not positive or too small
 * for one sequence a round, or a number is out of range.
 * @see Brown et al. 2020, section 2.2, table 2.2.
 * @example
 * const texts = [[[1, 2, 3]], [[4, 5, 6]]].map((documents) => corpusFromDocuments(documents, { eotId: 0 }));
 * const [a, b] = texts.map((corpus) => shuffledSequences({ corpus, nCtx: 2 })); // 2 sequences each
 * const mixed = mixture({ sources: [{ sequences: a, weight: 3 }, { sequences: b, weight: 1 }], roundLength: 4 });
 * mixed.epochs(8); // => [3, 1]
 */
export function mixture({ sources, seed = 0, roundLength = 1000 }: MixtureOptions): Mixture {
  const { nCtx, quotas } = checkMixture(sources, roundLength);
  const slots = quotas.flatMap((quota, source) => new Array<number>(quota).fill(source));
  const orderOf = (round: number) => new Random(seed, `round ${round}`).shuffle(slots);
  orderOf(0); // a bad seed fails here

  /** Sequences of each source before number `n`. */
  const drawnBefore = (n: number) => {
    const round = Math.floor(n / roundLength);
    const drawn = quotas.map((quota) => round * quota);
    for (const source of orderOf(round).slice(0, n % roundLength)) drawn[source]++;
    return drawn;
  };
  /** Which source gives each of the numbers `first .. first + count - 1`. */
  const sourcesOf = (first: number, count: number) => {
    const [begin, end] = [Math.floor(first / roundLength), Math.ceil((first + count) / roundLength)];
    const orders = Array.from({ length: end - begin }, (_, i) => orderOf(begin + i)).flat();
    return orders.slice(first % roundLength, (first % roundLength) + count);
  };
  return {
    nCtx,
    perEpoch: sources.reduce((sum, { sequences }) => sum + sequences.perEpoch, 0),
    epochs(n) {
      assertNaturals({ n });
      return drawnBefore(n).map((drawn, source) => drawn / sources[source].sequences.perEpoch);
    },
    batch(first, count) {
      assertRange(first, count);
      const from = drawnBefore(first);
      const picked = sourcesOf(first, count);
      const parts = sources.map(({ sequences }, source) => {
        const rows = picked.filter((pick) => pick === source).length;
        return rows === 0 ? undefined : sequences.batch(from[source], rows);
      });
      const taken = quotas.map(() => 0); // rows of each part that are placed
      return fillBatch(count, nCtx, (row, inputs, targets) => {
        const source = picked[row];
        const begin = taken[source]++ * nCtx;
        inputs.set(parts[source]!.inputs.subarray(begin, begin + nCtx));
        targets.set(parts[source]!.targets.subarray(begin, begin + nCtx));
      });
    },
  };
}

function checkMixture(sources: readonly MixtureSource[], roundLength: number) {
  assertPositiveIntegers({ roundLength });
  if (sources.length === 0) {
    throw new InvalidArgumentError({ argument: 'sources', expected: 'at least one', received: 0 });
  }
  const { nCtx } = sources[0].sequences;
  sources.forEach(({ sequences, weight }, i) => {
    if (sequences.nCtx !== nCtx) {
      throw new InvalidArgumentError({
        argument: `sources[${i}].sequences.nCtx`,
        expected: `${nCtx}, as that of sources[0]`,
        received: sequences.nCtx,
      });
    }
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new InvalidArgumentError({
        argument: `sources[${i}].weight`,
        expected: 'a positive number',
        received: weight,
      });
    }
  });
  const quotas = apportion(
    sources.map(({ weight }) => weight),
    roundLength,
  );
  const starved = quotas.indexOf(0);
  if (starved >= 0) {
    throw new InvalidArgumentError({
      argument: `sources[${starved}].weight`,
      expected: `large enough for one sequence in a round of ${roundLength}`,
      received: sources[starved].weight,
      hint: 'Raise roundLength or the weight, or leave the source out.',
    });
  }
  return { nCtx, quotas };
}
