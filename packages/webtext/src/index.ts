export { buildWebText, type WebTextOptions, type WebTextResult } from './build-webtext.js';
export { type DedupOptions, dedupStage } from './dedup/dedup-stage.js';
export { corpusFiles } from './documents/corpus-files.js';
export { readDocuments, type TextDocument } from './documents/read-documents.js';
export { writeParquet, writePlainText } from './documents/write-documents.js';
export { ExtractPool, type PoolOptions, type PoolReason } from './extract/extract-pool.js';
export { extractStage, type WebDocument } from './extract/extract-stage.js';
export {
  type Extracted,
  type ExtractLimits,
  type ExtractReason,
  extractText,
} from './extract/extract-text.js';
export { FetchProblem, type FetchReason } from './fetch/fetch-problem.js';
export { fetchStage, type LinkedPage } from './fetch/fetch-stage.js';
export { Fetcher, type FetcherOptions, ROBOT_NAME } from './fetch/fetcher.js';
export { type Network, PUBLIC_NETWORK } from './fetch/network.js';
export type { Page, RawPage } from './fetch/page.js';
export { isPublicAddress } from './fetch/public-address.js';
export { exactStage } from './filter/exact-stage.js';
export { type FilterOptions, filterStage, type LabelledDocument } from './filter/filter-stage.js';
export { languageOf } from './filter/language.js';
export { textHash } from './filter/text-hash.js';
export { DEFAULT_BLOCKED_DOMAINS } from './links/block-lists.js';
export { type Link, type LinksOptions, linksStage } from './links/links-stage.js';
export { normaliseUrl, type WebUrl } from './links/normalise-url.js';
export { type UrlsOptions, urlsStage } from './links/urls-stage.js';
export { type PagesOptions, pagesStage } from './pages/pages-stage.js';
export { readWarc } from './pages/read-warc.js';
export type { SavedPage } from './pages/saved-pages.js';
export { type QualityStageOptions, qualityStage } from './quality/quality-stage.js';
export { type DuckDb, type DuckDbOptions, openDuckDb } from './stage/duck-db.js';
export { hashInputs, type InputFile, partsOf } from './stage/input-files.js';
export { type FileFacts, type Manifest, type Part, readManifest } from './stage/manifest.js';
export { openInput, ZstdMissingError } from './stage/open-input.js';
export { type ReadOptions, readRecords } from './stage/read-records.js';
export { type RunPipelineOptions, runPipeline } from './stage/run-pipeline.js';
export { type RunStageOptions, runStage } from './stage/run-stage.js';
export type { Counts, Job, Outcome, Stage, StageEvent } from './stage/stage.js';
export { type CorpusStats, type CorpusStatsOptions, corpusStats } from './stats/corpus-stats.js';
export { DOCUMENTS, END_OF_TEXT, TEXT } from './write-corpus.js';
