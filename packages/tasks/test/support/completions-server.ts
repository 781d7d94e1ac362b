/** A little HTTP server that speaks the completions API for any `LanguageModel`, and one that says whatever a test wants. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LanguageModel } from '@gpt-ts/core';
import { onTestFinished } from 'vitest';
import type { TextCodec } from '../../src/index.js';

/** The body of a request, as far as these servers look at it. */
export interface CompletionBody {
  model: string;
  prompt: number[][];
  max_tokens: number;
  echo?: boolean;
  logprobs?: number;
  temperature?: number;
  top_p?: number;
  top_k?: number;
  seed?: number;
  stop?: string[];
}

/** What a server answers: JSON, text, or nothing, when the handler ends the response itself. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
}

export type Handler = (
  body: CompletionBody,
  to: { request: IncomingMessage; response: ServerResponse; nth: number },
) => Reply | undefined | Promise<Reply | undefined>;

/** Runs until the test ends. */
export async function serve(handler: Handler): Promise<{ url: string; bodies: CompletionBody[] }> {
  const bodies: CompletionBody[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const body: CompletionBody = JSON.parse(text);
    const nth = bodies.push(body);
    const reply = await handler(body, { request, response, nth });
    if (reply === undefined) return;
    const { status = 200, headers = {}, json, text: plain = JSON.stringify(json) } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(plain);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/completions`, bodies };
}

/** Which of the ways in which servers differ. */
export interface Habits {
  /** The order of the choices in an answer. Default: of the prompts. */
  order?: 'of-prompts' | 'reversed';
  /** Whether an echo is followed by the token that had to be written. Default true. */
  writesOne?: boolean;
}

/** Answers as a server of this model would: every number is asked of the model's own methods, one token at a time. */
export function modelHandler(model: LanguageModel, codec: TextCodec, habits: Habits = {}): Handler {
  const { order = 'of-prompts', writesOne = true } = habits;
  const { nCtx, nVocab } = model;

  async function logProbsAfter(context: number[]): Promise<number[]> {
    const all = Array.from({ length: nVocab }, (_, id) => ({ context, continuation: [id] }));
    return (await model.logLikelihood(all)).map(({ logProb }) => Math.max(logProb, -9999)); // as vLLM writes it
  }

  async function write(prompt: number[], { max_tokens, stop = [] }: CompletionBody): Promise<number[]> {
    const [{ ids }] = await model.generateUntil([{ context: prompt, maxNewTokens: max_tokens }]);
    const end = ids.findIndex((_, i) =>
      stop.some((each) => codec.decode(ids.slice(0, i + 1)).includes(each)),
    );
    return end < 0 ? ids : ids.slice(0, end + 1);
  }

  async function choice(prompt: number[], index: number, body: CompletionBody): Promise<object> {
    const written = await write(prompt, body);
    const text = codec.decode(written);
    if (!body.echo) {
      const ends = (body.stop ?? []).map((each) => text.indexOf(each)).filter((at) => at >= 0);
      return { index, text: text.slice(0, Math.min(text.length, ...ends)), logprobs: null };
    }
    const ids = writesOne ? [...prompt, ...written] : prompt;
    const own: (number | null)[] = [null];
    const top: (Record<string, number> | null)[] = [null];
    for (let i = 1; i < ids.length; i++) {
      const logProbs = await logProbsAfter(ids.slice(0, i));
      const best = logProbs.indexOf(Math.max(...logProbs));
      own.push(logProbs[ids[i]]);
      top.push(Object.fromEntries([best, ids[i]].map((id) => [codec.decode([id]), logProbs[id]])));
    }
    const tokens = ids.map((id) => codec.decode([id]));
    return { index, text: codec.decode(ids), logprobs: { tokens, token_logprobs: own, top_logprobs: top } };
  }

  return async (body) => {
    const { prompt, max_tokens, stop = [] } = body;
    const tooLong = prompt.find((ids) => ids.length + max_tokens > nCtx + 2);
    if (tooLong) return refusal(`${tooLong.length} + ${max_tokens} tokens exceed ${nCtx + 2}`);
    if (stop.length > 4) return refusal('at most 4 stop strings');
    const choices = await Promise.all(prompt.map((ids, index) => choice(ids, index, body)));
    if (order === 'reversed') choices.reverse();
    const read = prompt.reduce((sum, ids) => sum + ids.length, 0);
    return { json: { object: 'text_completion', choices, usage: { prompt_tokens: read } } };
  };
}

function refusal(message: string): Reply {
  return { status: 400, json: { error: { message, type: 'invalid_request_error' } } };
}
