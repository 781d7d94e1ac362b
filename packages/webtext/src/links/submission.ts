/** A Reddit submission, from the fields of Reddit's own records, as JSON or as text. */

/** What is used of a submission. */
export interface Submission {
  id: string;
  subreddit: string;
  /** Up votes minus down votes: the paper's karma. */
  score: number;
  /** Seconds since 1970. */
  created: number;
  title: string;
  url: string;
  isSelf: boolean;
  over18: boolean;
}

/** Reads a record, or gives `undefined` where it lacks an id, a score or a time. */
export function readSubmission(record: Readonly<Record<string, unknown>>): Submission | undefined {
  const id = text(record.id) || text(record.name).replace(/^t3_/, '');
  const score = number(record.score);
  const created = number(record.created_utc ?? record.created);
  if (id === '' || score === undefined || created === undefined) return undefined;
  const permalink = /\/r\/([^/]+)\//.exec(text(record.permalink))?.[1];
  return {
    id,
    subreddit: text(record.subreddit) || permalink || '',
    score,
    created,
    title: text(record.title),
    url: text(record.url),
    isSelf: flag(record.is_self) || text(record.domain).startsWith('self.'),
    over18: flag(record.over_18),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '';
}

function number(value: unknown): number | undefined {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** `true`, and what CSV files make of it. */
function flag(value: unknown): boolean {
  return value === true || value === 1 || /^(true|1)$/i.test(text(value));
}
