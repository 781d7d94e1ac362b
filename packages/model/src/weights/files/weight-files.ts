/** Names of the files of a model folder. */
export const CONFIG_FILE = 'config.json';
export const WEIGHTS_FILE = 'model.safetensors';
/** Which of several safetensors files holds which tensor. */
export const INDEX_FILE = 'model.safetensors.index.json';
/** Files that an index names. */
export const SHARD_FILE: RegExp = /^model-(\d+-)?\d{5}-of-\d{5}\.safetensors$/;
/** llm.c's model. */
export const LLM_C_FILE = 'model.bin';
/** The shapes of OpenAI's GPT-1 release, whose values are in `params_0.npy` to `params_9.npy`. */
export const GPT1_SHAPES_FILE = 'params_shapes.json';
