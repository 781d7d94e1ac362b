/** The worker's side of `encodeBatch`: a tokenizer, and jobs for it. */
import { MemoryStorage } from '@gpt-ts/core';
import { loadTokenizer } from '../load-tokenizer.js';
import type { Tokenizer } from '../tokenizer.js';
import type { Reply, Request } from './messages.js';

/** A handler of messages; `reply` sends an answer and hands over its memory. */
export function serve(reply: (reply: Reply, transfer: ArrayBuffer[]) => void): (request: Request) => void {
  let loading: Promise<Tokenizer> | undefined;
  return async (request) => {
    if (request.type === 'tokenizer') {
      const storage = new MemoryStorage();
      for (const [name, bytes] of request.files) storage.files.set(name, bytes);
      loading = loadTokenizer(storage);
      loading.catch(() => undefined); // told to the jobs
      return;
    }
    const { id } = request;
    let tokenizer: Tokenizer;
    try {
      tokenizer = await loading!;
    } catch (error) {
      reply({ type: 'failed', id, reason: error instanceof Error ? error.message : String(error) }, []);
      return;
    }
    const answer = encodeAll(tokenizer, request);
    reply(answer, answer.type === 'ids' ? [answer.ids.buffer as ArrayBuffer] : []);
  };
}

function encodeAll(tokenizer: Tokenizer, { id, texts, options }: Extract<Request, { type: 'job' }>): Reply {
  const counts = new Int32Array(texts.length);
  let encoded: number[][];
  try {
    encoded = texts.map((text) => tokenizer.encode(text, options));
  } catch {
    return { type: 'refused', id };
  }
  const ids = new Int32Array(encoded.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const [i, each] of encoded.entries()) {
    ids.set(each, at);
    at += counts[i] = each.length;
  }
  return { type: 'ids', id, ids, counts };
}
