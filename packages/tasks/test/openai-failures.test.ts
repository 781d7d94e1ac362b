/** Servers that misbehave cost a typed error, never a wrong score, a hang or the memory. */
import { createServer } from 'node:net';
import { InvalidArgumentError, isGptError } from '@gpt-ts/core';
import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { EndpointError, type OpenAiOptions, openAiLanguageModel } from '../src/openai.js';
import { type Handler, modelHandler, type Reply, serve } from './support/completions-server.js';
import { pieces } from './toy-codecs.js';

const codec = pieces(['a', 'b', 'c', 'd']);
const dummy = dummyLanguageModel({ nVocab: 4 });
const good = modelHandler(dummy, codec);
const apiKey = 'sk-"very-secret"';

type Extra = Partial<OpenAiOptions>;

const modelAt = (url: string, extra: Extra = {}) =>
  openAiLanguageModel({ url, model: 'm', codec, nCtx: 8, nVocab: 4, apiKey, retries: 0, ...extra });

/** Scores two prompts of three ids, `a b c`, and returns the error. */
async function errorOf(handler: Handler | Reply, extra: Extra = {}): Promise<EndpointError> {
  const { url } = await serve(typeof handler === 'function' ? handler : () => handler);
  return await errorAt(url, extra);
}

async function errorAt(url: string, extra: Extra = {}): Promise<EndpointError> {
  const request = { context: [0, 1], continuation: [2] };
  const error = await modelAt(url, extra)
    .logLikelihood([request, request])
    .then(
      () => expect.fail('it succeeded'),
      (error: unknown) => error,
    );
  expect(error).toBeInstanceOf(EndpointError);
  expect(isGptError(error)).toBe(true);
  expect(show(error)).not.toContain('secret');
  return error as EndpointError;
}

/** Everything that a log may print. */
const show = (error: unknown): string =>
  error instanceof Error
    ? [error, error.stack, JSON.stringify(error), show(error.cause)].join('\n')
    : `${error}`;

/** A right answer to {@link errorOf}, to change. */
const choice = (index: number) => ({
  index,
  text: 'abcd',
  logprobs: {
    token_logprobs: [null, -1, -2, -3] as unknown[],
    top_logprobs: [null, { b: -1 }, { c: -2 }, { d: -3 }] as unknown[],
  },
});
const choices = () => [choice(0), choice(1)];
type Choices = ReturnType<typeof choices>;
const changed = (change: (choices: Choices) => void): Reply => {
  const all = choices();
  change(all);
  return { json: { choices: all } };
};

test('the answer that the others are changes of is taken', async () => {
  const { url } = await serve(() => ({ json: { choices: choices() } }));
  const request = { context: [0, 1], continuation: [2] };
  expect(
    await modelAt(url)
      .logLikelihood([request])
      .then(
        () => 'taken',
        (error) => error.message,
      ),
  ).toContain('1 choices, one a prompt, got 2');
  expect(await modelAt(url).logLikelihood([request, request])).toEqual([
    { logProb: -2, isGreedy: true },
    { logProb: -2, isGreedy: true },
  ]);
});

describe('answers that are not what they should be', () => {
  const noEcho =
    /does not give log-probabilities of the prompt's own tokens \(echo with logprobs\), which scoring needs\. vLLM does/;
  test.each<[string, Reply, EndpointError['code'], RegExp]>([
    [
      'HTML',
      { text: '<!doctype html>\n<p>Hi' },
      'endpoint-answer',
      /must be JSON: "<!doctype html> <p>Hi"\. Is this the address/,
    ],
    ['nothing', { text: '' }, 'endpoint-answer', /must be JSON: ""/],
    ['half an answer', { text: '{"choices":[' }, 'endpoint-answer', /must be JSON/],
    ['null', { json: null }, 'endpoint-answer', /must have 2 choices, one a prompt, got none: "null"\./],
    [
      'an error with status 200',
      { json: { error: { message: 'out of\nmemory' } } },
      'endpoint-answer',
      /got none: "out of memory"/,
    ],
    [
      'one choice of two',
      changed((all) => all.pop()),
      'endpoint-answer',
      /must have 2 choices, one a prompt, got 1\./,
    ],
    [
      'an index twice',
      changed((all) => (all[1].index = 0)),
      'endpoint-answer',
      /index of its own from 0 to 1, got 0/,
    ],
    ['an index too high', changed((all) => (all[1].index = 2)), 'endpoint-answer', /from 0 to 1, got 2/],
    [
      'an index that is none',
      changed((all) => (all[1].index = 0.5)),
      'endpoint-answer',
      /from 0 to 1, got 0\.5/,
    ],
    ['a choice that is none', { json: { choices: [1, 2] } }, 'endpoint-answer', /from 0 to 1, got undefined/],
    [
      'no logprobs',
      changed(([a]) => Object.assign(a, { logprobs: null })),
      'endpoint-feature',
      /does not give log-probabilities \(logprobs\)/,
    ],
    [
      "the chat API's logprobs",
      changed(([a]) => Object.assign(a, { logprobs: { content: [] } })),
      'endpoint-feature',
      /in the completions API's form \(token_logprobs\)/,
    ],
    [
      'logprobs of the new token alone',
      changed(([a]) => (a.logprobs.token_logprobs = [-3])),
      'endpoint-feature',
      noEcho,
    ],
    ['no logprobs at all', changed(([a]) => (a.logprobs.token_logprobs = [])), 'endpoint-feature', noEcho],
    [
      'null where an id stands',
      changed(([a]) => (a.logprobs.token_logprobs[1] = null)),
      'endpoint-feature',
      noEcho,
    ],
    [
      'too few',
      changed(([a]) => a.logprobs.token_logprobs.splice(1, 2)),
      'endpoint-answer',
      /a prompt of 3 ids must have 3 or 4 log-probabilities, got 2\. Has the served model another tokenizer/,
    ],
    [
      'too many',
      changed(([a]) => a.logprobs.token_logprobs.push(-1)),
      'endpoint-answer',
      /3 or 4 log-probabilities, got 5/,
    ],
    [
      'a first token that is predicted',
      changed(([a]) => (a.logprobs.token_logprobs[0] = -1)),
      'endpoint-answer',
      /nothing predicts the first token, so its log-probability must be null, got -1/,
    ],
    [
      'a probability',
      changed(([a]) => (a.logprobs.token_logprobs[2] = 0.4)),
      'endpoint-answer',
      /a log-probability must be a number up to 0, got 0\.4/,
    ],
    [
      'a text for a number',
      changed(([a]) => (a.logprobs.token_logprobs[1] = 'x')),
      'endpoint-answer',
      /up to 0, got a value of type string/,
    ],
    [
      'infinity',
      { text: JSON.stringify({ choices: choices() }).replace('-2', '1e999') },
      'endpoint-answer',
      /up to 0, got Infinity/,
    ],
    [
      'no top_logprobs',
      changed(([a]) => Object.assign(a.logprobs, { top_logprobs: null })),
      'endpoint-feature',
      /the likeliest token at each place \(top_logprobs\)/,
    ],
    [
      'an empty top_logprobs',
      changed(([a]) => (a.logprobs.top_logprobs[2] = {})),
      'endpoint-feature',
      /top_logprobs/,
    ],
    [
      'a top_logprobs of text',
      changed(([a]) => (a.logprobs.top_logprobs[2] = { c: 'x' })),
      'endpoint-answer',
      /up to 0, got a value/,
    ],
    [
      'another number of tokens',
      { json: { choices: choices(), usage: { prompt_tokens: 8 } } },
      'endpoint-answer',
      /the server read 8 tokens of 6 that were sent/,
    ],
  ])('%s', async (_, reply, code, message) => {
    const error = await errorOf(reply);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code, status: undefined });
  });

  test('a text that is none', async () => {
    const { url } = await serve(() => ({ json: { choices: [{ index: 0, text: null }] } }));
    const written = modelAt(url).generateUntil([{ context: [0], maxNewTokens: 1 }]);
    await expect(written).rejects.toThrow('a choice must have a text, got null.');
  });

  test('rolling scores need no top_logprobs', async () => {
    const { url } = await serve(() => ({
      json: { choices: [{ index: 0, logprobs: { token_logprobs: [null, -1e-9, -4, 0] } }] },
    }));
    expect([...(await modelAt(url).rollingLogLikelihood([0, 1, 2]))]).toEqual([-1e-9, -4]);
  });

  test('an answer without end is read up to a limit', async () => {
    let sent = 0;
    const error = await errorOf((_, { response }) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.writeHead(200).on('drain', more);
      more();
      return undefined;
    });
    // 1 MiB, and 2 KiB for each of 6 ids and 2 new tokens
    expect(error).toMatchObject({
      code: 'endpoint-answer',
      message: expect.stringContaining(`more than ${2 ** 20 + 8 * 2 ** 11} bytes`),
    });
    expect(sent).toBeLessThan(16 * 2 ** 20); // the rest was on its way: 3 to 5 MiB
  });

  test('an error page without end is not read to its end either', async () => {
    const error = await errorOf((_, { response }) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.writeHead(404).on('drain', more);
      more();
      return undefined;
    });
    expect(error.message).toMatch(/status 404\. url has to be the whole address/);
  });
});

describe('refusals', () => {
  const refused = (status: number, json: unknown) => errorOf({ status, json });

  test('say what the server says, in one line that obeys nothing', async () => {
    const error = await refused(400, { error: { message: `no\r\n\u001b[31m${'x'.repeat(500)}` } });
    expect(error.message).toMatch(/: status 400: "no \[31mx{193}\.\.\."\.$/);
    expect(error).toMatchObject({ code: 'endpoint-status', status: 400 });
    expect((await refused(400, { message: 'a' })).message).toMatch(/: status 400: "a"\.$/);
    expect((await refused(422, { detail: 'b' })).message).toMatch(/: status 422: "b"\.$/);
    expect((await refused(422, { detail: [{ msg: 'b' }] })).message).toMatch(/: status 422\.$/);
    expect((await refused(400, { error: 'c' })).message).toMatch(/: status 400: "c"\.$/);
    expect((await errorOf({ status: 413, text: 'too large' })).message).toMatch(/: "too large"\.$/);
    expect((await errorOf({ status: 413, text: '<html>' })).message).toMatch(/: status 413\.$/);
  });

  test('never show the key, even when the server repeats it at the end of what fits', async () => {
    const message = `Incorrect API key provided: ${apiKey}`;
    const error = await refused(401, { error: { message } });
    expect(error.message).toMatch(
      /: "Incorrect API key provided: \[apiKey\]"\. The server does not take this apiKey/,
    );
    const long = await refused(401, { error: { message: `${'x'.repeat(190)}${apiKey}` } });
    expect(long.message).toContain(`${'x'.repeat(190)}[apiKey]`);
    await errorOf({ text: `${'x'.repeat(190)}${apiKey}` });
    await errorOf({ text: `{"key": ${JSON.stringify(apiKey)}` });
    await errorOf({ json: { error: message } });
    const noKey = await errorOf({ status: 401, json: { message: 'who?' } }, { apiKey: undefined });
    expect(noKey.message).toContain('The server wants a key: pass apiKey.');
  });

  test('that speak of echo mean that the server cannot score, whatever the status; it is not asked again', async () => {
    for (const status of [400, 500, 501]) {
      let asked = 0;
      const error = await errorOf(
        () => {
          asked++;
          return { status, json: { error: { message: 'Only no echo is supported' } } };
        },
        { retries: 3 },
      );
      expect(error.message).toMatch(
        /does not give .* \(echo with logprobs\), which scoring needs: "Only no echo is supported"\. vLLM does/,
      );
      expect({ asked, ...error }).toMatchObject({ asked: 1, code: 'endpoint-feature', status });
    }
  });

  test('the url shows neither query nor fragment', async () => {
    const { url } = await serve(() => ({ status: 404 }));
    const error = await errorAt(`${url}?key=very-secret#secret`);
    expect(error.url).toBe(url);
    expect(error.message).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/v1\/completions: status 404\. url has to be the whole address/,
    );
  });
});

describe('connections', () => {
  test('a server that never answers, or stops in the middle, costs no more than timeoutMs', async () => {
    const hang: Handler = () => undefined;
    const half: Handler = (_, { response }) => {
      response.writeHead(200).write('{"choices":');
      return undefined;
    };
    for (const handler of [hang, half]) {
      const begin = performance.now();
      const error = await errorOf(handler, { timeoutMs: 200, retries: 3 });
      expect(error).toMatchObject({ code: 'endpoint-timeout' });
      expect(error.message).toContain('no whole answer in 200 ms. Raise timeoutMs');
      expect(performance.now() - begin).toBeLessThan(2000); // 210 measured
    }
  });

  test('a redirect is not followed, and nothing is sent to where it leads', async () => {
    const elsewhere = await serve(good);
    for (const status of [301, 307, 308]) {
      const error = await errorOf({ status, headers: { location: elsewhere.url } }, { retries: 3 });
      expect(error).toMatchObject({ code: 'endpoint-unreachable' });
      expect(error.message).toContain('redirects to another address, which is not followed');
    }
    expect(elsewhere.bodies).toEqual([]);
  });

  test('no server', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    const error = await errorAt(`http://127.0.0.1:${port}/v1/completions`);
    expect(error).toMatchObject({ code: 'endpoint-unreachable', status: undefined });
    expect(error.message).toMatch(/no connection, or it broke: ".*ECONNREFUSED.*"\. Is the server running/);
  });

  test('a fetch that throws the key does not show it', async () => {
    const fetch = () => Promise.reject(new Error(`bad header Bearer ${apiKey}`));
    const error = await errorAt('http://localhost/v1/completions', { fetch });
    expect(error.message).toContain('"bad header Bearer [apiKey]"');
  });

  test('the key is sent as a bearer token, and only if there is one', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((body, to) => {
      seen.push(to.request.headers.authorization);
      return good(body, to);
    });
    await modelAt(url).rollingLogLikelihood([0, 1]);
    await modelAt(url, { apiKey: undefined }).rollingLogLikelihood([0, 1]);
    expect(seen).toEqual([`Bearer ${apiKey}`, undefined]);
  });
});

describe('retries', () => {
  /** Fails the first times. */
  const after =
    (failures: number, fail: Handler): Handler =>
    (body, to) =>
      to.nth <= failures ? fail(body, to) : good(body, to);
  const wanted = dummy.rollingLogLikelihood([0, 1, 2]);

  test.each<[string, Handler]>([
    ['429', () => ({ status: 429, json: { error: { message: 'slow down' } } })],
    ['503', () => ({ status: 503, text: '<html>' })],
    ['a connection that is cut', (_, { response }) => void response.destroy()],
    [
      'an answer that is cut',
      (_, { response }) => {
        response.writeHead(200, { 'content-length': '9999' }).write('{"choices":', () => response.destroy());
        return undefined;
      },
    ],
  ])('%s, then an answer', async (_, fail) => {
    const { url, bodies } = await serve(after(1, fail));
    const begin = performance.now();
    expect(await modelAt(url, { retries: 2 }).rollingLogLikelihood([0, 1, 2])).toEqual(await wanted);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(490); // the first pause is 500 ms, timers are rounded
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  test('a wait that the server asks for is kept to', async () => {
    const { url } = await serve(after(1, () => ({ status: 429, headers: { 'retry-after': '1' } })));
    const begin = performance.now();
    await modelAt(url, { retries: 1 }).rollingLogLikelihood([0, 1, 2]);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(990);
  });

  test('no more than retries, and none when the server asks for an hour', async () => {
    const busy: Handler = () => ({ status: 429, json: { error: { message: 'slow down' } } });
    const { url, bodies } = await serve(busy);
    const error = await errorAt(url, { retries: 1 });
    expect(error.message).toMatch(/: status 429: "slow down"\. Lower concurrency, or raise retries\.$/);
    expect({ ...error, tries: bodies.length }).toMatchObject({
      code: 'endpoint-status',
      status: 429,
      tries: 2,
    });
    const begin = performance.now();
    await errorOf({ status: 503, headers: { 'retry-after': '3600' } }, { retries: 5 });
    expect(performance.now() - begin).toBeLessThan(450);
  });

  test('what another try would not mend is not sent again', async () => {
    for (const reply of [{ status: 400 }, { status: 401 }, { status: 404 }, { text: '<html>' }]) {
      const { url, bodies } = await serve(() => reply);
      await errorAt(url, { retries: 3 });
      expect(bodies).toHaveLength(1);
    }
  });
});

describe('many requests', () => {
  test('are sent a few at a time, over all calls of a model', async () => {
    let now = 0;
    let most = 0;
    const { url, bodies } = await serve(async (body, to) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      now--;
      return good(body, to);
    });
    const model = modelAt(url, { concurrency: 3, batchSize: 1 });
    const request = { context: [0, 1], continuation: [2] };
    await Promise.all([1, 2].map(() => model.logLikelihood(new Array(10).fill(request))));
    expect(most).toBe(3);
    expect(bodies).toHaveLength(20);
  });

  test('end with the first error: the rest is not sent, what hangs is cut, and the model goes on working', async () => {
    const cut: Promise<void>[] = [];
    let broken = true;
    const { url, bodies } = await serve((body, to) => {
      if (!broken) return good(body, to);
      if (to.nth === 2) return { status: 400 };
      cut.push(new Promise((resolve) => to.response.on('close', resolve)));
      return undefined;
    });
    const model = modelAt(url, { concurrency: 2, batchSize: 1 });
    const request = { context: [0, 1], continuation: [0] };
    await expect(model.logLikelihood(new Array(10).fill(request))).rejects.toThrow('status 400');
    await Promise.all(cut);
    expect(cut).toHaveLength(1);
    expect(bodies).toHaveLength(2);
    broken = false;
    expect(await model.logLikelihood([request])).toEqual(await dummy.logLikelihood([request]));
  });
});

describe('options', () => {
  test.each<[string, Extra, RegExp]>([
    [
      'no address',
      { url: 'localhost' },
      /url must be the http or https address of a completions endpoint, got "no URL"/,
    ],
    [
      'a file',
      { url: 'file:///etc/very-secret' },
      /got "file:"\. Such as http:\/\/localhost:8000\/v1\/completions\./,
    ],
    [
      'credentials',
      { url: 'http://me:very-secret@localhost/v1/completions?secret' },
      /url must be without a user name and a password, got "http:\/\/localhost\/v1\/completions"/,
    ],
    ['a user name', { url: 'http://very-secret@localhost/' }, /without a user name/],
    [
      'a key of two lines',
      { apiKey: 'very\nsecret' },
      /apiKey must be printable ASCII without spaces, got "something else"/,
    ],
    ['no model', { model: '' }, /model must be a name, got ""/],
    ['no context', { nCtx: 0 }, /nCtx must be an integer from 1 to 2\^31 - 1, got 0/],
    ['half an id', { nVocab: 1.5 }, /nVocab must be an integer/],
    ['no request at a time', { concurrency: 0 }, /concurrency must be an integer from 1/],
    ['no prompt a request', { batchSize: 0 }, /batchSize must be an integer from 1/],
    ['no time', { timeoutMs: 0 }, /timeoutMs must be an integer from 1/],
    ['more time than timers have', { timeoutMs: 2 ** 31 }, /timeoutMs must be/],
    ['fewer than no retries', { retries: -1 }, /retries must be an integer from 0/],
  ])('%s', (_, extra, message) => {
    const make = () => modelAt('http://localhost/v1/completions', extra);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(message);
    try {
      make();
    } catch (error) {
      expect(show(error)).not.toContain('secret');
    }
  });
});
