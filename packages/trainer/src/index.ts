export { CHECKPOINT_FILE, loadCheckpoint, saveCheckpoint, type TrainState } from './checkpoint.js';
export { NonFiniteLossError } from './errors/non-finite-loss-error.js';
export { type Evaluation, evaluate } from './evaluate.js';
export type { CheckpointEnd, EvalEnd, StepEnd, TrainEnd, TrainEvent } from './events.js';
export { LOG_FILE } from './log.js';
export { type Moments, Optimizer, type OptimizerSettings } from './optimizer.js';
export { checkRecipe, type Recipe, recipes } from './recipe.js';
export { learningRateAt } from './schedule.js';
export { Trainer, type TrainOptions } from './trainer.js';
