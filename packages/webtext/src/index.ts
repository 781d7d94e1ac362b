export { type DuckDb, type DuckDbOptions, openDuckDb } from './stage/duck-db.js';
export { hashInputs, type InputFile, partsOf } from './stage/input-files.js';
export { type FileFacts, type Manifest, type Part, readManifest } from './stage/manifest.js';
export { openInput, ZstdMissingError } from './stage/open-input.js';
export { type ReadOptions, readRecords } from './stage/read-records.js';
export { type RunPipelineOptions, runPipeline } from './stage/run-pipeline.js';
export { type RunStageOptions, runStage } from './stage/run-stage.js';
export type { Counts, Job, Outcome, Stage, StageEvent } from './stage/stage.js';
