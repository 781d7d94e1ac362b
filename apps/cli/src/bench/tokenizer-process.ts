/** A process that works with one tokenizer as its parent asks, and does nothing while it is not asked. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Slice } from './alternate.js';
import { slicesOf } from './subject.js';
import { type Coder, loadLibrary } from './tokenizer-libraries.js';
import type { Difference, TokenizerJob, TokenizerReply, TokenizerRequest } from './tokenizer-messages.js';
import { readTextSource } from './tokenizer-text.js';

const { library, source }: TokenizerJob = JSON.parse(process.argv[2]);
const text = readTextSource(source);
let coder: Coder;
let slice: Slice;

process.on('message', async (request: TokenizerRequest) => process.send?.(await answer(request)));

async function answer(request: TokenizerRequest): Promise<TokenizerReply> {
  switch (request.do) {
    case 'load': {
      const loaded = await loadLibrary(library);
      if (loaded === undefined) return { missing: true };
      coder = loaded.coder;
      return { ms: loaded.ms };
    }
    case 'encode': {
      const start = performance.now();
      const { length } = coder.encode(text);
      return { ms: performance.now() - start, tokens: length };
    }
    case 'save': {
      const ids = Int32Array.from(coder.encode(text));
      writeFileSync(request.path, ids);
      return { tokens: ids.length };
    }
    case 'compare': {
      const bytes = readFileSync(request.path);
      const ours = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      const theirs = Int32Array.from(coder.encode(text));
      return { tokens: theirs.length, difference: difference(ours, theirs) };
    }
    case 'prepare': {
      const ids = coder.encode(text);
      const run = request.work === 'encode' ? () => void coder.encode(text) : () => void coder.decode(ids);
      slice = await slicesOf({ run, [Symbol.dispose]() {} });
      return {};
    }
    case 'slice':
      return { ms: await slice() };
  }
}

function difference(ours: Int32Array, theirs: Int32Array): Difference | undefined {
  const length = Math.max(ours.length, theirs.length);
  let at = 0;
  while (at < length && ours[at] === theirs[at]) at++;
  if (at === length) return undefined;
  const near = (ids: Int32Array) => [...ids.subarray(at, at + 5)];
  return { at, ours: near(ours), theirs: near(theirs), text: coder.decode(near(ours)) };
}
