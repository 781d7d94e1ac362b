/**
 * Small models as GPT-Neo, nanoGPT and llm.c save them, with the logits they must have.
 *
 *     node tooling/layouts/write.mjs gpt_neo DIR
 *
 * Names, order, transposition and stacking are written out here; nothing is shared with the packages that read the files.
 * Writes the model's files and `expected.json`: token ids and logits `[T][V]`.
 *
 * @see Hugging Face `modeling_gpt_neo.py`; karpathy/nanoGPT `model.py`; karpathy/llm.c `train_gpt2.py`, `write_model`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { geluExact, geluTanh, logits } from './plain-gpt.mjs';

const MODELS = {
  gpt_neo: gptNeo,
  nanogpt: () => nanogpt(true),
  'nanogpt-no-bias': () => nanogpt(false),
  'llm.c': llmC,
};

const [name, folder] = process.argv.slice(2);
const { model, ids, files } = MODELS[name]();
mkdirSync(folder, { recursive: true });
for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
writeFileSync(join(folder, 'expected.json'), JSON.stringify({ ids, logits: logits(model, ids) }));

/** Four layers, global and local in turn; the sequence is longer than the window of 4. */
function gptNeo() {
  const [V, T, C, L, nHead, window] = [19, 16, 12, 4, 3, 4];
  const model = randomModel({ V, T, C, L, qkvBias: false, bias: true });
  Object.assign(model, { nHead, scale: 1, gelu: geluTanh });
  model.blocks[1].window = window;
  model.blocks[3].window = window;
  const tensors = {};
  tensors['transformer.wte.weight'] = model.wte; // [V][C]
  tensors['transformer.wpe.weight'] = model.wpe; // [T][C]
  for (const [i, block] of model.blocks.entries()) {
    tensors[`transformer.h.${i}.ln_1.weight`] = block.ln1.weight;
    tensors[`transformer.h.${i}.ln_1.bias`] = block.ln1.bias;
    tensors[`transformer.h.${i}.attn.attention.bias`] = [[triangle(T)]]; // masks, as older files have them
    tensors[`transformer.h.${i}.attn.attention.masked_bias`] = -1e9;
    tensors[`transformer.h.${i}.attn.attention.k_proj.weight`] = block.k.weight; // [C][C]
    tensors[`transformer.h.${i}.attn.attention.v_proj.weight`] = block.v.weight; // [C][C]
    tensors[`transformer.h.${i}.attn.attention.q_proj.weight`] = block.q.weight; // [C][C]
    tensors[`transformer.h.${i}.attn.attention.out_proj.weight`] = block.proj.weight; // [C][C]
    tensors[`transformer.h.${i}.attn.attention.out_proj.bias`] = block.proj.bias;
    tensors[`transformer.h.${i}.ln_2.weight`] = block.ln2.weight;
    tensors[`transformer.h.${i}.ln_2.bias`] = block.ln2.bias;
    tensors[`transformer.h.${i}.mlp.c_fc.weight`] = block.fc.weight; // [4C][C]
    tensors[`transformer.h.${i}.mlp.c_fc.bias`] = block.fc.bias;
    tensors[`transformer.h.${i}.mlp.c_proj.weight`] = block.fcProj.weight; // [C][4C]
    tensors[`transformer.h.${i}.mlp.c_proj.bias`] = block.fcProj.bias;
  }
  tensors['transformer.ln_f.weight'] = model.lnF.weight;
  tensors['transformer.ln_f.bias'] = model.lnF.bias;
  const config = {
    activation_function: 'gelu_new',
    architectures: ['GPTNeoForCausalLM'],
    attention_dropout: 0,
    attention_layers: ['global', 'local', 'global', 'local'],
    attention_types: [[['global', 'local'], 2]],
    embed_dropout: 0,
    hidden_size: C,
    initializer_range: 0.02,
    intermediate_size: null,
    layer_norm_epsilon: 1e-5,
    max_position_embeddings: T,
    model_type: 'gpt_neo',
    num_heads: nHead,
    num_layers: L,
    resid_dropout: 0,
    vocab_size: V,
    window_size: window,
  };
  const ids = [3, 18, 0, 7, 7, 12, 1, 15, 9, 4, 18, 2, 11, 6, 0, 13];
  return {
    model,
    ids,
    files: { 'config.json': JSON.stringify(config), 'model.safetensors': safetensors(tensors) },
  };
}

/** Its state dict: every Linear out x in, q, k and v behind each other in `c_attn`, the head a second time. */
function nanogpt(bias) {
  const [V, T, C, L, nHead] = [17, 10, 12, 2, 3];
  const model = randomModel({ V, T, C, L, qkvBias: bias, bias });
  Object.assign(model, { nHead, scale: 1 / Math.sqrt(C / nHead), gelu: geluExact });
  const tensors = {};
  const put = (name, { weight, bias }) => {
    tensors[`transformer.${name}.weight`] = weight;
    if (bias !== undefined) tensors[`transformer.${name}.bias`] = bias;
  };
  put('wte', { weight: model.wte }); // [V][C]
  put('wpe', { weight: model.wpe }); // [T][C]
  for (const [i, block] of model.blocks.entries()) {
    put(`h.${i}.ln_1`, block.ln1);
    put(`h.${i}.attn.c_attn`, qkv(block)); // [3C][C]
    tensors[`transformer.h.${i}.attn.bias`] = [[triangle(T)]]; // the mask of PyTorch 1
    put(`h.${i}.attn.c_proj`, block.proj); // [C][C]
    put(`h.${i}.ln_2`, block.ln2);
    put(`h.${i}.mlp.c_fc`, block.fc); // [4C][C]
    put(`h.${i}.mlp.c_proj`, block.fcProj); // [C][4C]
  }
  put('ln_f', model.lnF);
  tensors['lm_head.weight'] = model.wte;
  const config = { n_layer: L, n_head: nHead, n_embd: C, block_size: T, bias, vocab_size: V, dropout: 0 };
  const ids = [16, 2, 9, 9, 0, 13, 5, 1, 7, 11];
  return {
    model,
    ids,
    files: { 'config.json': JSON.stringify(config), 'model.safetensors': safetensors(tensors) },
  };
}

/** 256 int32, then each kind of tensor for all layers; Linear out x in, the token table filled up to 128 rows. */
function llmC() {
  const [V, T, C, L, nHead] = [11, 9, 8, 3, 2];
  const model = randomModel({ V, T, C, L, qkvBias: true, bias: true });
  Object.assign(model, { nHead, scale: 1 / Math.sqrt(C / nHead), gelu: geluTanh });
  const { blocks } = model;
  const header = new Int32Array(256);
  header[0] = 20240326;
  header[1] = 3; // float32
  header[2] = T;
  header[3] = V;
  header[4] = L;
  header[5] = nHead;
  header[6] = C;
  header[7] = 128;
  const padding = Array.from({ length: 128 - V }, () => Array(C).fill(0));
  const body = [
    model.wte, // [V][C]
    padding,
    model.wpe, // [T][C]
    blocks.map((block) => block.ln1.weight),
    blocks.map((block) => block.ln1.bias),
    blocks.map((block) => qkv(block).weight), // [L][3C][C]
    blocks.map((block) => qkv(block).bias),
    blocks.map((block) => block.proj.weight), // [L][C][C]
    blocks.map((block) => block.proj.bias),
    blocks.map((block) => block.ln2.weight),
    blocks.map((block) => block.ln2.bias),
    blocks.map((block) => block.fc.weight), // [L][4C][C]
    blocks.map((block) => block.fc.bias),
    blocks.map((block) => block.fcProj.weight), // [L][C][4C]
    blocks.map((block) => block.fcProj.bias),
    model.lnF.weight,
    model.lnF.bias,
  ];
  const bytes = Buffer.concat([Buffer.from(header.buffer), float32(body)]);
  return { model, ids: [10, 3, 0, 7, 7, 1, 9, 4, 2], files: { 'model.bin': bytes } };
}

/** q, k and v as the one Linear that they are in a state dict. */
function qkv({ q, k, v }) {
  const weight = [...q.weight, ...k.weight, ...v.weight];
  return { weight, bias: q.bias && [...q.bias, ...k.bias, ...v.bias] };
}

/** 1 on and below the diagonal. */
function triangle(size) {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (j <= i ? 1 : 0)));
}

function randomModel({ V, T, C, L, qkvBias, bias }) {
  const random = generator(1);
  const vector = (n, size = 0.3) => Array.from({ length: n }, () => Math.fround(size * random()));
  const matrix = (rows, columns, size) => Array.from({ length: rows }, () => vector(columns, size));
  const linear = (to, from, biased) => ({ weight: matrix(to, from), bias: biased ? vector(to) : undefined });
  const norm = () => ({
    weight: vector(C).map((x) => Math.fround(1 + x)),
    bias: bias ? vector(C) : undefined,
  });
  return {
    wte: matrix(V, C, 1),
    wpe: matrix(T, C, 1),
    blocks: Array.from({ length: L }, () => ({
      ln1: norm(),
      q: linear(C, C, qkvBias),
      k: linear(C, C, qkvBias),
      v: linear(C, C, qkvBias),
      proj: linear(C, C, bias),
      ln2: norm(),
      fc: linear(4 * C, C, bias),
      fcProj: linear(C, 4 * C, bias),
    })),
    lnF: norm(),
  };
}

/** Numbers in (-1.73, 1.73), whose variance is 1. Mulberry32. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.sqrt(3) * (((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1);
  };
}

/** Lists of any depth as float32, row by row. */
function float32(list) {
  return Buffer.from(Float32Array.from([list].flat(Number.POSITIVE_INFINITY)).buffer);
}

function shapeOf(list) {
  return Array.isArray(list) ? [list.length, ...shapeOf(list[0])] : [];
}

function safetensors(tensors) {
  const header = {};
  const parts = [];
  let at = 0;
  for (const [name, list] of Object.entries(tensors)) {
    const bytes = float32(list);
    header[name] = { dtype: 'F32', shape: shapeOf(list), data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    parts.push(bytes);
  }
  const json = Buffer.from(JSON.stringify({ ...header, __metadata__: { format: 'pt' } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}
