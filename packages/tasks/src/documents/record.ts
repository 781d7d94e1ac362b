/**
 * ReCoRD: which name of a news article is missing from a sentence about it?
 *
 * @see Zhang et al. 2018, ReCoRD: bridging the gap between human and machine commonsense reading comprehension, as in SuperGLUE: JSONL,
 * `passage` with `text` and `entities`, `qas[]` with `query` (one `@placeholder`) and `answers[]`.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { aroundGap, type GapDocument } from './gap.js';
import { answersIn, distinct } from './reading-comprehension.js';

const MAX_NAME = 1000; // in code points, so that a thousand names are not a thousand articles

/** A sentence with a gap; the options are the names in the passage, each once. Several may be right. */
export interface RecordDocument extends TaskDocument, Omit<GapDocument, 'label'> {
  /** The article, without its highlights. */
  readonly passage: string;
  /** Sentences that sum it up. */
  readonly highlights: readonly string[];
  /** The right names. */
  readonly answers: readonly string[];
}

/** Reads `ReCoRD/val.jsonl`: a document for each query. */
export const readRecord: Reader<RecordDocument> = rowReader(jsonlRows, (row) => {
  const article = row.object('passage');
  const [passage, ...highlights] = article.text('text').split('\n@highlight\n');
  const options = entitiesOf(article);
  return row.objects('qas').map((qa) => ({
    ...{ passage, highlights, options },
    ...aroundGap(qa, 'query', '@placeholder'),
    answers: answersIn(qa, 'answers'),
    source: row.source,
  }));
});

/** Offsets count code points, as Python does, and `end` is the last of a name. */
function entitiesOf(article: Row): string[] {
  const points = [...article.raw('text')];
  const names = article.objects('entities').map((entity) => {
    const start = entity.integer('start', 0, points.length - 1);
    const end = entity.integer('end', start, Math.min(start + MAX_NAME, points.length) - 1);
    return points.slice(start, end + 1).join('');
  });
  if (names.length > 0) return distinct(names);
  throw article.fail('entities', 'one or more', []);
}
