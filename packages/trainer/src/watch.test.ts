import { describe, expect, test } from 'vitest';
import { beginning, type Progress } from './progress.js';
import { judgeEvaluation, judgeLoss } from './watch.js';

const at = (step: number, more: Partial<Progress> = {}): Progress => ({ ...beginning(), step, ...more });

describe('the first loss', () => {
  test.each([
    [4.2, undefined],
    [2.2, undefined],
    [4.7, 'are the initial weights too large'],
    [1.9, 'right for a model that was trained before'],
  ])('%d of ln 65', (loss, message) => {
    const warning = judgeLoss(at(1), loss, Math.log(65));
    expect(warning?.kind).toBe(message && 'first-loss');
    expect(warning?.message ?? '').toContain(message ?? '');
  });

  test('is judged once', () => {
    expect(judgeLoss(at(2), 100, 4)).toBeUndefined();
  });
});

describe('a spike', () => {
  const recent = Array.from({ length: 50 }, (_, i) => 2 + 0.05 * (-1) ** i);

  test.each([
    [2.1, false],
    [2.35, false], // above 6 deviations, 0.3, but not by a fifth
    [2.45, true],
  ])('%d after 2.00 +- 0.05', (loss, noticed) => {
    const warning = judgeLoss(at(60, { recent: [...recent] }), loss, 4);
    expect(warning?.kind).toBe(noticed ? 'spike' : undefined);
    if (noticed)
      expect(warning).toMatchObject({
        type: 'warning',
        step: 60,
        message: expect.stringContaining('2.45 from around 2.00'),
      });
  });

  test('is told once, and not before there are 50 losses to compare with', () => {
    const progress = at(60, { recent: [...recent] });
    expect(judgeLoss(progress, 5, 4)).toBeDefined();
    for (let i = 0; i < 49; i++) expect(judgeLoss(progress, 5, 4)).toBeUndefined();
    expect(progress.recent).toHaveLength(49);
    expect(judgeLoss(progress, 50, 4)).toBeUndefined();
  });

  test('leaves the last 50 losses behind', () => {
    const progress = at(60, { recent: [...recent] });
    judgeLoss(progress, 1, 4);
    expect(progress.recent).toEqual([...recent.slice(1), 1]);
  });
});

describe('an evaluation', () => {
  test('is the best, or is counted; every third without a best is a plateau', () => {
    const progress = at(0);
    const told = [3, 2, 2, 2.5, 2.1, 1.9, 2, 2, 2, 2, 2, 2].map((loss, i) => {
      progress.step = 10 * i;
      const { isBest, judgement, warning } = judgeEvaluation(progress, loss);
      Object.assign(progress, judgement);
      return isBest ? 'best' : (warning?.message ?? progress.stale);
    });
    const plateau = (n: number, loss: string, step: number) =>
      `${n} evaluations without a better one than ${loss} at step ${step}.`;
    expect(told).toEqual([
      ...['best', 'best', 1, 2, plateau(3, '2.0000', 10), 'best'],
      ...[1, 2, plateau(3, '1.9000', 50), 4, 5, plateau(6, '1.9000', 50)],
    ]);
    expect(progress.best).toEqual({ step: 50, loss: 1.9 });
  });

  test('that is not a number is never the best: it could not be kept as JSON', () => {
    const first = judgeEvaluation(at(0), Number.NaN);
    expect(first).toEqual({ isBest: false, judgement: { best: undefined, stale: 1 } });
    const { warning } = judgeEvaluation(at(4, { stale: 2 }), Number.POSITIVE_INFINITY);
    expect(warning?.message).toBe('3 evaluations without a better one than none at all.');
    expect(judgeEvaluation(at(5, { stale: 3 }), 2)).toMatchObject({ isBest: true, judgement: { stale: 0 } });
  });
});
