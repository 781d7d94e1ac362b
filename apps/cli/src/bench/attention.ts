/** What a pattern saves: attention over a band of keys against attention over all. */
import { type AttentionPattern, causalAttention, dispose, valueAndGrads } from '@gpt-ts/kernels';
import { alternate } from './alternate.js';
import type { BenchCase } from './bench-case.js';
import { parameters, toColumn } from './inputs.js';
import { median, medianRatio } from './statistics.js';
import { slicesOf } from './subject.js';

const [T, HEADS, D_HEAD, WINDOW] = [4096, 4, 64, 256];

/** A long text, forward and backward. */
export const attentionCases: BenchCase[] = [
  {
    name: 'attention forward+backward',
    shape: `1x${T}, ${HEADS} heads of ${D_HEAD}, window ${WINDOW}`,
    async measure({ rounds }) {
      const [qkv] = parameters([1, T, 3 * HEADS * D_HEAD]);
      const slices = (pattern: AttentionPattern) =>
        slicesOf({
          run() {
            const { value, grads } = valueAndGrads(
              () => toColumn(causalAttention(qkv, HEADS, { pattern })),
              [qkv],
            );
            dispose([value, ...grads]);
          },
          [Symbol.dispose]() {},
        });
      const [banded, dense] = await alternate(
        [await slices({ kind: 'banded', window: WINDOW }), await slices({ kind: 'dense' })],
        rounds,
      );
      qkv.dispose();
      return { value: median(banded), unit: 'ms', against: 'dense', ratio: medianRatio(dense, banded) };
    },
  },
];
