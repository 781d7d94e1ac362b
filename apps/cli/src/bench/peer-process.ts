/** A process that measures subjects on tfjs's own wasm backend, slice by slice, as its parent asks. */
import { useStockWasmBackend } from '@gpt-ts/backend-wasm/stock';
import type { Slice } from './alternate.js';
import type { PeerReply, PeerRequest } from './peer-protocol.js';
import { type Subject, slicesOf } from './subject.js';
import { subjectCalled } from './suites.js';

let subject: Subject | undefined;
let slice: Slice | undefined;

await useStockWasmBackend();
process.on('message', async (request: PeerRequest) => process.send?.(await answer(request)));

async function answer(request: PeerRequest): Promise<PeerReply> {
  if ('slice' in request) return { ms: await slice?.() };
  subject?.[Symbol.dispose]();
  subject = subjectCalled(request.prepare).prepare();
  slice = await slicesOf(subject);
  return {};
}
