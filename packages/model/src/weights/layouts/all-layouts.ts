/** All layouts by name. */
import { InvalidArgumentError, InvalidConfigError } from '@gpt-ts/core';
import type { GPTConfig } from '../../gpt-config.js';
import { gptNeoLayout } from './gpt-neo.js';
import { gptTsLayout } from './gpt-ts.js';
import { gpt2Layout } from './gpt2.js';
import type { ConfigLayout, Layout, LayoutName } from './layout.js';
import { llmCLayout } from './llm-c.js';
import { nanogptLayout } from './nanogpt.js';
import { openaiGptLayout } from './openai-gpt.js';

const CONFIG_LAYOUTS: readonly ConfigLayout[] = [
  gpt2Layout,
  openaiGptLayout,
  gptNeoLayout,
  nanogptLayout,
  gptTsLayout,
];
const LAYOUTS: readonly Layout[] = [...CONFIG_LAYOUTS, llmCLayout];

/** Names of the layouts that can be written. */
export const layoutNames: readonly LayoutName[] = LAYOUTS.map(({ name }) => name);

/** The layout of that name, or an error with the names there are. */
export function layoutOf(name: LayoutName): Layout {
  const layout = LAYOUTS.find((each) => each.name === name);
  if (layout !== undefined) return layout;
  const expected = `one of ${layoutNames.join(', ')}`;
  throw new InvalidArgumentError({ argument: 'layout', expected, received: name });
}

/** The layout that a `config.json` is of; nanoGPT's `model_args` say nothing but have a `block_size`. */
export function layoutOfConfig(fields: Readonly<Record<string, unknown>>, source: string): ConfigLayout {
  const { model_type: type } = fields;
  const name = type ?? ('block_size' in fields ? 'nanogpt' : 'gpt2');
  const layout = CONFIG_LAYOUTS.find((each) => each.name === name);
  if (layout !== undefined) return layout;
  const expected = `one of ${CONFIG_LAYOUTS.map((each) => JSON.stringify(each.name)).join(', ')}`;
  throw new InvalidConfigError({ source, field: 'model_type', expected, received: type });
}

/** The layout that most programs read: Hugging Face's where it can tell the model, else ours. */
export function defaultLayout(config: GPTConfig): ConfigLayout {
  const tells = (layout: Layout) => layout.limits(config).every(({ holds }) => holds);
  return [gpt2Layout, openaiGptLayout].find(tells) ?? gptTsLayout;
}

/** Throws InvalidConfigError, naming the field, when a layout cannot tell a model. */
export function assertTellable(layout: Layout, config: GPTConfig): void {
  const limit = layout.limits(config).find(({ holds }) => !holds);
  if (limit === undefined) return;
  throw new InvalidConfigError({
    field: limit.field,
    expected: `${limit.expected} in the layout ${layout.name}`,
    received: config[limit.field],
    hint: `Layouts that can hold it: ${layoutsThatTell(config).join(', ')}.`,
  });
}

/** Names of the layouts that can tell a model: ours at least. */
function layoutsThatTell(config: GPTConfig): LayoutName[] {
  return LAYOUTS.filter((layout) => layout.limits(config).every(({ holds }) => holds)).map(
    ({ name }) => name,
  );
}

/** Whether a layout comes with a `config.json`. */
export function hasConfig(layout: Layout): layout is ConfigLayout {
  return 'writeConfig' in layout;
}
