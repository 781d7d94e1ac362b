/** The language model's loss: with and without gradients and weights, ignored targets, many positions. */
import { type ConformanceCase, ids, kernelCase } from './kernel-case.js';

/** Cases of GptLanguageModelLoss. */
export function languageModelLossCases(): ConformanceCase[] {
  const sizes: [positions: number[], c: number, v: number, ignored: 'none' | 'some' | 'all'][] = [
    [[1], 1, 1, 'none'],
    [[2, 3], 5, 7, 'none'],
    [[2, 3], 5, 7, 'some'],
    [[5], 4, 3, 'all'],
    [[37], 18, 131, 'some'],
    [[3, 11], 258, 17, 'some'],
    [[256], 6, 5, 'some'], // exactly one chunk of 256 positions,
    [[2, 150], 7, 13, 'some'], // one and a bit,
    [[515], 3, 9, 'some'], // two and a bit
  ];
  return sizes.flatMap(([positions, c, v, ignored]) =>
    [false, true].flatMap((grads) => {
      const inputs = { x: [...positions, c], head: [v, c], targets: ids(positions, v, ignored) };
      return [
        kernelCase('GptLanguageModelLoss', inputs, { grads }),
        kernelCase('GptLanguageModelLoss', { ...inputs, weights: positions }, { grads }),
      ];
    }),
  );
}
