import type { Recipe } from './recipe.js';

/**
 * Learning rate of an update: linear warm-up, then a cosine from the peak to the minimum at `maxSteps`.
 *
 * @param step - Updates finished before this one, from 0.
 * @see nanoGPT `train.py`, `get_lr`: the warm-up of w steps uses (step + 1) / (w + 1), so no update is lost to rate 0.
 */
export function learningRateAt(
  step: number,
  recipe: Pick<Recipe, 'learningRate' | 'minLearningRate' | 'warmupSteps' | 'maxSteps'>,
): number {
  const { learningRate, minLearningRate, warmupSteps, maxSteps } = recipe;
  if (step < warmupSteps) return (learningRate * (step + 1)) / (warmupSteps + 1);
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, maxSteps - warmupSteps));
  return minLearningRate + ((learningRate - minLearningRate) * (1 + Math.cos(Math.PI * progress))) / 2;
}
