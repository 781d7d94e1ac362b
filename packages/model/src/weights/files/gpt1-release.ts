/**
 * OpenAI's GPT-1 release: `params_shapes.json`, and one list of values cut into ten `.npy` files wherever it came to be cut.
 *
 * @see openai/finetune-transformer-lm `train.py`.
 */
import { InvalidFileError, type Storage, show } from '@gpt-ts/core';
import { checkedConfig, type GPTConfig } from '../../gpt-config.js';
import { gpt1Arrays } from '../layouts/gpt1-arrays.js';
import type { FileTensor } from '../layouts/layout.js';
import type { FoundTensor } from './found-tensor.js';
import { inOrder } from './in-order.js';
import { type FileRange, joinedFile } from './joined-file.js';
import { readNpyHeader } from './npy-header.js';
import type { OpenFiles } from './open-files.js';
import { GPT1_SHAPES_FILE as SHAPES } from './weight-files.js';

const SHARDS = 10;
const NAME = 'params_*.npy';

/** The model that the shapes describe. The release does not say what is fixed: 12 heads, dropout of 0.1. */
export function gpt1Config(shapes: unknown): { config: GPTConfig; tensors: FileTensor[] } {
  const fail = (problem: string): never => {
    throw new InvalidFileError({ file: SHAPES, problem });
  };
  if (!isShapes(shapes)) return fail(`must be a list of shapes, got ${show(shapes)}`);
  const nLayer = (shapes.length - 2) / 12;
  if (!Number.isInteger(nLayer) || nLayer < 1)
    fail(`must have 2 shapes and 12 for each block, got ${shapes.length}`);
  const [[nCtx, nEmbd], [nVocab]] = shapes;
  const nInner = shapes[8].at(-1);
  const rates = { embdPdrop: 0.1, attnPdrop: 0.1, residPdrop: 0.1 };
  const sizes = { nLayer, nHead: 12, nEmbd, nCtx, nVocab, nInner };
  const config = checkedConfig({ ...sizes, norm: 'post', ...rates }, SHAPES, (field) => field);
  const tensors = gpt1Arrays(config);
  for (const [i, { name, shape }] of tensors.entries()) {
    if (shape.join() === shapes[i].join()) continue;
    fail(`shape ${i} (${name}) must be ${show(shape)}, got ${show(shapes[i])}`);
  }
  return { config, tensors };
}

/** Opens the ten files; they belong to `opened` from here on. */
export async function openGpt1Release(
  storage: Storage,
  opened: OpenFiles,
  tensors: readonly FileTensor[],
): Promise<Map<string, FoundTensor>> {
  const ranges: FileRange[] = [];
  for (let i = 0; i < SHARDS; i++) {
    const name = `params_${i}.npy`;
    const file = await storage.open(name);
    if (file === undefined) throw new InvalidFileError({ file: name, problem: 'the file is missing' });
    opened.add(file);
    const { begin, length } = await readNpyHeader(file, name);
    ranges.push({ file, begin, end: begin + 4 * length });
  }
  const file = joinedFile(ranges, NAME);
  const found = inOrder(tensors, { file, fileName: NAME, begin: 0, dtype: 'F32' });
  const wanted = Math.max(...[...found.values()].map(({ entry }) => entry.end));
  if (wanted !== file.size) {
    const problem = `hold ${file.size / 4} numbers, but ${SHAPES} asks for ${wanted / 4}`;
    throw new InvalidFileError({ file: NAME, problem });
  }
  return found;
}

function isShapes(value: unknown): value is number[][] {
  const isCount = (each: unknown) => Number.isSafeInteger(each) && (each as number) > 0;
  return Array.isArray(value) && value.every((shape) => Array.isArray(shape) && shape.every(isCount));
}
