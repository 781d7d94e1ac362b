/** What a person watching the curves would notice. Pure: losses in, remarks out. */
import type { TrainWarning } from './events.js';
import type { Progress } from './progress.js';

/** Losses that a spike is judged by. */
const WINDOW = 50;
const PLATEAU = 3;

/**
 * Judges the loss of an update and remembers it.
 *
 * The first one should be near that of a model that knows nothing; it may be lower for one that was trained before. A later
 * one is a spike when it lies 6 standard deviations, and a fifth, above the mean of the last 50.
 *
 * @param uniformLoss - ln nVocab for a language model.
 */
export function judgeLoss(progress: Progress, loss: number, uniformLoss: number): TrainWarning | undefined {
  const { step, recent } = progress;
  const warning =
    step === 1 ? firstLoss(loss, uniformLoss) : recent.length < WINDOW ? undefined : spike(recent, loss);
  // A spike starts the window afresh: what follows it is told once, not fifty times.
  progress.recent = warning?.kind === 'spike' ? [] : [...recent, loss].slice(-WINDOW);
  return warning && { type: 'warning', step, ...warning };
}

type Remark = Pick<TrainWarning, 'kind' | 'message'>;

function firstLoss(loss: number, uniformLoss: number): Remark | undefined {
  const facts = `the first loss is ${loss.toFixed(2)}, that of a model that knows nothing ${uniformLoss.toFixed(2)}`;
  if (loss > 1.1 * uniformLoss) {
    return { kind: 'first-loss', message: `${facts}: are the initial weights too large, or the ids wrong?` };
  }
  if (loss < 0.5 * uniformLoss) {
    const message = `${facts}: right for a model that was trained before, else it may see what it is to predict.`;
    return { kind: 'first-loss', message };
  }
  return undefined;
}

function spike(recent: readonly number[], loss: number): Remark | undefined {
  const mean = recent.reduce((sum, each) => sum + each, 0) / recent.length;
  const variance = recent.reduce((sum, each) => sum + (each - mean) ** 2, 0) / recent.length;
  if (loss < 1.2 * mean || loss < mean + 6 * Math.sqrt(variance)) return undefined;
  const message = `the loss jumped to ${loss.toFixed(2)} from around ${mean.toFixed(2)}: a lower rate or stronger clipping may help.`;
  return { kind: 'spike', message };
}

/** What evaluations have shown. */
export type Judgement = Pick<Progress, 'best' | 'stale'>;

/** Judges an evaluation by those before it. A loss that is not a number is never the best. */
export function judgeEvaluation(
  { step, best, stale: before }: Progress,
  loss: number,
): { isBest: boolean; judgement: Judgement; warning?: TrainWarning } {
  if (Number.isFinite(loss) && (best === undefined || loss < best.loss)) {
    return { isBest: true, judgement: { best: { step, loss }, stale: 0 } };
  }
  const stale = before + 1;
  const judgement = { best, stale };
  if (stale % PLATEAU !== 0) return { isBest: false, judgement };
  const former = best ? `${best.loss.toFixed(4)} at step ${best.step}` : 'none at all';
  const message = `${stale} evaluations without a better one than ${former}.`;
  return { isBest: false, judgement, warning: { type: 'warning', step, kind: 'plateau', message } };
}
