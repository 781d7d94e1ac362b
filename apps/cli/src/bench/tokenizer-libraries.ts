/** Implementations of GPT-2's tokenizer: ours and the packages of npm. The latter are measured where they are installed. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OURS } from './tokenizer-names.js';

/** One implementation, loaded. */
export interface Coder {
  encode(text: string): ArrayLike<number>;
  /** Takes what its own `encode` gave. */
  decode(ids: ArrayLike<number>): string;
}

/** How an implementation is loaded. */
interface Library {
  /** Makes what this library would read from disk. Not part of the time. */
  prepare?(): Promise<string>;
  load(prepared: string): Promise<Coder>;
}

const NO_SPECIAL = { disallowedSpecial: new Set<string>() };

const libraries: ReadonlyMap<string, Library> = new Map<string, Library>([
  [OURS, { load: async () => (await import('@gpt-ts/tokenizer/gpt2')).gpt2() }],
  [
    'gpt-tokenizer',
    {
      async load() {
        const { encode, decode } = await import('gpt-tokenizer/encoding/r50k_base');
        return { encode: (text) => encode(text, NO_SPECIAL), decode: (ids) => decode(ids as number[]) };
      },
    },
  ],
  [
    'js-tiktoken',
    {
      async load() {
        const { Tiktoken } = await import('js-tiktoken/lite');
        const coder = new Tiktoken((await import('js-tiktoken/ranks/gpt2')).default);
        return {
          encode: (text) => coder.encode(text, [], []),
          decode: (ids) => coder.decode(ids as number[]),
        };
      },
    },
  ],
  [
    'tiktoken', // WebAssembly
    {
      async load() {
        const coder = (await import('tiktoken')).get_encoding('gpt2');
        const utf8 = new TextDecoder();
        return {
          encode: (text) => coder.encode_ordinary(text),
          decode: (ids) => utf8.decode(coder.decode(ids as Uint32Array)),
        };
      },
    },
  ],
  [
    '@huggingface/tokenizers',
    {
      prepare: tokenizerJson,
      async load(prepared) {
        const { Tokenizer } = await import('@huggingface/tokenizers');
        const coder = new Tokenizer(JSON.parse(prepared), {});
        return {
          encode: (text) => coder.encode(text).ids,
          decode: (ids) => coder.decode(ids as number[], { clean_up_tokenization_spaces: false }),
        };
      },
    },
  ],
]);

/** Their npm names, ours first. */
export const libraryNames: readonly string[] = [...libraries.keys()];

/** Loads an implementation and says how long it took; `undefined` when it is not installed. */
export async function loadLibrary(name: string): Promise<{ coder: Coder; ms: number } | undefined> {
  const { prepare, load } = libraries.get(name)!;
  const prepared = (await prepare?.()) ?? '';
  const start = performance.now();
  try {
    const coder = await load(prepared);
    return { coder, ms: performance.now() - start };
  } catch (error) {
    // "Cannot find package 'tiktoken' imported from ...": one of its own that is missing is an error
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes(`'${name}'`) && name !== OURS) return undefined;
    throw error;
  }
}

/** The version that is installed, `''` where nothing is. */
export function versionOf(name: string): string {
  let folder: string;
  try {
    folder = dirname(fileURLToPath(import.meta.resolve(name)));
  } catch {
    return '';
  }
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = readManifest(folder);
    if (manifest?.name === name && manifest.version !== undefined) return manifest.version;
  }
  return '';
}

/** What `package.json` of a folder says, if there is one. */
function readManifest(folder: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** GPT-2's `tokenizer.json`, as Hugging Face has it. */
async function tokenizerJson(): Promise<string> {
  const { gpt2 } = await import('@gpt-ts/tokenizer/gpt2');
  const { tokens, merges } = gpt2();
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return JSON.stringify({
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map((merge) => merge.join(' ')),
    },
  });
}
