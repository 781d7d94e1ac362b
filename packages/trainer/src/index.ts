export { checkSchema } from './check-schema.js';
export { checkpointName, stepOfName } from './checkpoint/checkpoint-name.js';
export { type FileTrouble, type FoundCheckpoint, findCheckpoint } from './checkpoint/find-checkpoint.js';
export { type OpenCheckpoint, openCheckpoint } from './checkpoint/open-checkpoint.js';
export { Shelf, type ShelfReport } from './checkpoint/shelf.js';
export { type CheckpointContent, writeCheckpoint } from './checkpoint/write-checkpoint.js';
export { MemoryPlanError } from './errors/memory-plan-error.js';
export { NonFiniteLossError } from './errors/non-finite-loss-error.js';
export type {
  CheckpointEnd,
  EvalEnd,
  SampleEnd,
  StepEnd,
  TrainEnd,
  TrainEvent,
  TrainStart,
  TrainWarning,
} from './events.js';
export { LOG_FILE } from './log.js';
export { checkMemory, describePlan, largestBatch, type MemoryPlan, memoryPlan } from './memory-plan.js';
export { FineTuning, type FineTuningOptions } from './objectives/fine-tuning.js';
export { LanguageModelling } from './objectives/language-modelling.js';
export type { BatchSize, Evaluation, Objective, ObjectiveKind } from './objectives/objective.js';
export { type Moments, Optimizer, type OptimizerSettings } from './optimizer.js';
export { gpt1Finetune } from './recipes/gpt1.js';
export type { DocumentForm, FineTuningRecipe, Recipe } from './recipes/recipe.js';
export { type RecipeName, recipeFor, recipes, settingsOf } from './recipes/recipes.js';
export {
  batchSizeAt,
  learningRateAt,
  type Position,
  type ScheduleName,
  scheduleNames,
  trainingTokens,
} from './schedule.js';
export { checkSettings, settingsSchema, type TrainSettings } from './settings.js';
export { Trainer, type TrainerOptions, type TrainOptions } from './trainer.js';
export { WeightAverage } from './weight-average.js';
