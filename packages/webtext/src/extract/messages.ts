/** What a pool and its workers say to each other. */
import type { Extracted, ExtractLimits, ExtractReason } from './extract-text.js';

/** What a worker says once it has loaded. */
export const READY = 'ready';

/** A page to be read. */
export interface ExtractJob {
  html: string;
  limits: ExtractLimits;
}

/** What came of it. */
export type ExtractReply = Extracted | ExtractReason;
