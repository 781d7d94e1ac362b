export { type ReadLogOptions, readLog, readLogStream } from './read-log.js';
export { type ReportOptions, reportHtml } from './report-html.js';
export type { ColumnName, Run, StepSeries } from './run.js';
export { type LossAt, type LossSummary, type RunSummary, summaryOf } from './summary.js';
export { type TensorBoardOptions, tensorBoardEvents, tensorBoardFile } from './tensor-board.js';
