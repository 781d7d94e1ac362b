/** Most ids in a request, unless one prompt alone has more: an answer is parsed in one piece. */
const REQUEST_IDS = 32_768;

/** A prompt, and what is asked of it: the fields of a request besides. */
export interface Asked {
  prompt: readonly number[];
  fields: Readonly<Record<string, unknown>>;
}

/** Indices of what travels together: the same fields, at most `batchSize` prompts, and not too many ids. */
export function batchesOf(asked: readonly Asked[], batchSize: number): number[][] {
  const batches: number[][] = [];
  const open = new Map<string, { batch: number[]; ids: number }>();
  for (const [i, { prompt, fields }] of asked.entries()) {
    const key = JSON.stringify(fields);
    const current = open.get(key);
    const fits = current && current.batch.length < batchSize && current.ids + prompt.length <= REQUEST_IDS;
    if (fits) {
      current.batch.push(i);
      current.ids += prompt.length;
    } else {
      const batch = [i];
      batches.push(batch);
      open.set(key, { batch, ids: prompt.length });
    }
  }
  return batches;
}
