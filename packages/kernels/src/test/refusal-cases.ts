/** What a kernel must refuse: ids that are not in the vocabulary. */
import { GptError, TokenRangeError } from '@gpt-ts/core';
import { run } from '../run.js';
import { idTensor, memory, tensor, tidy } from '../tensor.js';
import type { ConformanceCase } from './kernel-case.js';

/** The id of the refused token is told, with its place, and no tensor is left behind. */
export function refusalCases(): ConformanceCase[] {
  const zeros = (...shape: number[]) => tensor(new Float32Array(shape[0] * shape[1]), shape);
  const ids = (bad: number) => idTensor(Int32Array.of(0, 1, bad, bad), [2, 2]);
  const kernels: [name: string, start: (bad: number) => unknown, bad: number[]][] = [
    ['GptEmbedding', (bad) => run('GptEmbedding', { table: zeros(3, 2), ids: ids(bad) }, {}), [3, -1]],
    [
      'GptCrossEntropy',
      (bad) => run('GptCrossEntropy', { logits: zeros(4, 3), targets: ids(bad) }, {}),
      [3, -2],
    ],
    ...[false, true].map((grads): [string, (bad: number) => unknown, number[]] => [
      `GptLanguageModelLoss ${JSON.stringify({ grads })}`,
      (bad) =>
        run('GptLanguageModelLoss', { x: zeros(4, 2), head: zeros(3, 2), targets: ids(bad) }, { grads }),
      [3, -2],
    ]),
  ];
  return kernels.flatMap(([name, start, allBad]) =>
    allBad.map((bad) => ({
      name: `${name} refuses the token ${bad} of a vocabulary of 3`,
      async check() {
        const before = memory().numTensors;
        const error = thrownBy(() => tidy(() => void start(bad)));
        const facts = error instanceof TokenRangeError && [error.token, error.position, error.nVocab].join();
        if (facts !== [bad, 2, 3].join()) {
          throw new GptError('not-refused', {
            message: `expected a TokenRangeError, got ${error}`,
            cause: error,
          });
        }
        if (memory().numTensors !== before) {
          throw new GptError('leak', {
            message: `${memory().numTensors - before} tensors were left behind.`,
          });
        }
        return 0;
      },
    })),
  );
}

function thrownBy(f: () => void): unknown {
  try {
    f();
  } catch (error) {
    return error;
  }
  return undefined;
}
