/** GPT-3's quality filter as a stage: every document gets a score, and a seeded draw decides whether it stays. */
import { createHash } from 'node:crypto';
import { type ParetoKeepOptions, paretoKeep, type QualityClassifier } from '@gpt-ts/data';
import { numberedDocuments } from '../documents/read-documents.js';
import type { Stage } from '../stage/stage.js';

/** What scores, and who stays. */
export interface QualityStageOptions extends Pick<ParetoKeepOptions, 'seed' | 'alpha'> {
  classifier: QualityClassifier;
}

/**
 * The stage. Documents that stay get their score as `quality`. The draw of a document depends on the seed and its number
 * over all files.
 */
export function qualityStage({ classifier, seed = 0, alpha = 9 }: QualityStageOptions): Stage {
  paretoKeep({ score: 1, document: 0, seed, alpha }); // throws now what it would throw later
  const sha256 = createHash('sha256').update(classifier.save()).digest('hex');
  return {
    name: 'quality',
    version: 1,
    options: { classifier: sha256, seed, alpha },
    over: 'all',
    async *run({ inputs, signal, progress }) {
      const reading = numberedDocuments(inputs, { signal, onShare: progress });
      for await (const [document, record] of reading) {
        const quality = classifier.score(record.text);
        if (paretoKeep({ score: quality, document, seed, alpha })) yield { keep: { ...record, quality } };
        else yield { drop: { document, quality, id: record.id, url: record.url }, reason: 'low-quality' };
      }
    },
  };
}
