import { checkedConfig } from '../../gpt-config.js';
import type { ConfigLayout } from './layout.js';
import { ownTensors } from './own-tensors.js';

/** Ours: every field of `GPTConfig` by its own name, every parameter as it is. For models that no other layout can tell. */
export const gptTsLayout: ConfigLayout = {
  name: 'gpt-ts',
  tensors: ownTensors,
  prefixes: [],
  buffers: [],
  limits: () => [],
  readConfig: (fields, source) => checkedConfig(fields, source, (field) => field),
  writeConfig: (config) => ({ model_type: 'gpt-ts', ...config }),
};
