/**
 * Served models: the entry of `@gpt-ts/tasks/openai`.
 *
 * The completions API (`POST /v1/completions`) began as OpenAI's, and many servers speak it. Scoring sends prompts as arrays of
 * ids with `echo: true, logprobs: 1, max_tokens: 1` and reads `logprobs.token_logprobs` and `logprobs.top_logprobs`; writing
 * sends `temperature`, `stop`, and for draws `top_p`, `top_k` and `seed`. What servers make of that differs:
 *
 * - **vLLM** does all of it. It counts a prompt and its `max_tokens` together against `max_model_len`, writes -9999 for minus
 *   infinity, and takes settings of its own for writing (a repetition penalty, say) from the model's `generation_config.json`
 *   unless it is started with `--generation-config vllm`.
 * - **OpenAI** echoes log-probabilities for `babbage-002` and `davinci-002` only. It takes at most 4 stop strings, and `top_k` is
 *   not one of its fields.
 * - **llama.cpp's `llama-server`** refuses `echo`, so that it can write but not score.
 * - **llama-cpp-python's server** takes prompts as text only, so that it can do neither. It is one of those that read
 *   `max_tokens: 0` as no limit.
 *
 * Any other server is found out by asking: what it lacks is the message of an `EndpointError` with the code `endpoint-feature`.
 */
export { EndpointError, type EndpointErrorCode } from './errors/endpoint-error.js';
export { openAiLanguageModel } from './openai/open-ai-language-model.js';
export type { OpenAiOptions } from './openai/options.js';
