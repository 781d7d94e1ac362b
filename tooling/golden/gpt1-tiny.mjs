/**
 * Checks GPT-1 against PyTorch's values in `gpt1-tiny/`: hidden states, both heads, L1, L2 and L3, every gradient and five
 * steps of its Adam, by the trainer's own fine-tuning; for all four input forms, with the softmax over tokens and positions (`joint`, as published) and over
 * tokens alone.
 *
 *     node tooling/golden/gpt1-tiny.mjs wasm        (or: reference)
 */
import { dispose, memory, valueAndGrads } from '@gpt-ts/kernels';
import { GPT, TaskModel } from '@gpt-ts/model';
import { FineTuning, learningRateAt, Optimizer } from '@gpt-ts/trainer';
import { Comparison, golden, HIDDEN, LOSS, startBackend } from './golden.mjs';

const GRAD = { rtol: 1e-3, atol: 2e-5 };

await startBackend();
const { json, tensors } = golden('gpt1-tiny');
const sizes = json('config.json');
const weights = tensors('weights.safetensors');
const comparison = new Comparison();
const { n_layer: nLayer, n_head: nHead, n_embd: nEmbd, n_ctx: nCtx, vocab_size: nVocab, lm_coef: lmCoef } = sizes;
for (const task of ['classification', 'entailment', 'similarity', 'multiple_choice']) {
  for (const variant of ['tokens', 'joint']) await checkTask(task, variant);
}
comparison.report();

async function checkTask(task, variant) {
  const facts = json(`${task}.json`);
  const forward = tensors(`${task}.forward.safetensors`);
  const get = (name) => forward.get(name).data;
  const [batchSize, nRows] = forward.get('tokens').shape;
  const rows = batchSize * nRows;
  const [tokens, mask, labels, extractIndex] = ['tokens', 'mask', 'labels', 'extract_index'].map(get);
  const batch = { batchSize, nRows, tokens, mask: Float32Array.from(mask), labels, extractIndex };
  const check = async (kind, got, want, tolerance) => {
    comparison.close(kind, `${task} ${variant} ${kind}`, await got.data(), want, tolerance);
  };

  const config = { nLayer, nHead, nEmbd, nCtx, nVocab, norm: 'post', head: variant === 'joint' ? 'joint' : 'tied' };
  const gpt = GPT.fromValues(config, ours(weights, variant));
  const form = { entailment: 'classification', multiple_choice: 'multiple-choice' }[task] ?? task;
  const head = new Map(['clf.weight', 'clf.bias'].map((name) => [name, weights.get(`${task}.${name}`).data]));
  const model = new TaskModel(gpt, { form, nClasses: head.get('clf.bias').length }, head);

  let x = gpt.embed(tokens, rows);
  await check('hidden', x, get('hidden.embed'), HIDDEN);
  for (let i = 0; i < nLayer; i++) {
    x = gpt.block(i, x);
    await check('hidden', x, get(`hidden.${i}`), HIDDEN);
  }
  const width = nVocab + (variant === 'joint' ? nCtx : 0);
  const wantLogits = get('lm_logits').filter((_, i) => i % (nVocab + nCtx) < width);
  await check('logits', gpt.logits(tokens, rows), wantLogits, HIDDEN);
  await check('task logits', model.logits(batch), get('clf_logits'), HIDDEN);
  const losses = model.losses(batch, { lmCoef });
  const want = facts.losses[variant];
  await check('loss', losses.l2, [want.L2], LOSS);
  await check('loss', losses.weightedL1, [lmCoef * want.L1], LOSS);
  await check('loss', losses.loss, [want.L3], LOSS);
  const targets = tokens.map((_, i) => ((i + 1) % nCtx !== 0 && mask[i + 1] ? tokens[i + 1] : -1));
  const { nll } = gpt.loss({ inputs: tokens, targets, batchSize: rows });
  comparison.close('loss', `${task} rows`, rowMeans(await nll.data(), targets), get(`lm_losses.${variant}`), LOSS);

  const { adam, training, compare_loosely: loose } = facts;
  const wantGrads = new Map([...ours(tensors(`${task}.grads.${variant}.safetensors`), variant)]);
  const objective = new FineTuning(model, { lmCoef });
  const parameters = [...objective.parameters.values()];
  const rates = { learningRate: adam.lr, schedule: 'gpt1-linear', warmupSteps: 2.5, maxSteps: 10 };
  const { b1: beta1, b2: beta2, e: eps, l2: weightDecay, max_grad_norm: clipNorm } = adam;
  const optimizer = new Optimizer(objective.parameters, { optimizer: 'adam-gpt1', beta1, beta2, eps, weightDecay, clipNorm });
  let tensorsHeld;
  for (const [i, step] of training[variant].steps.entries()) {
    const { value, others, grads } = valueAndGrads(() => objective.losses(batch, batch, {}), parameters);
    await check('training loss', value, [step.L3], LOSS);
    const rate = learningRateAt({ step: i, tokens: 0, nextTokens: 0 }, rates);
    if (Math.abs(rate - adam.lr * step.schedule) > 1e-15) throw new Error(`step ${step.step}: the rate is ${rate}`);
    const norm = await optimizer.update(grads, step.step, rate);
    comparison.close('gradient norm', `${task} step ${step.step}`, [norm], [step.grad_norm], LOSS);
    for (const [p, name] of [...objective.parameters.keys()].entries()) {
      if (step.step === 1) await check('gradients', grads[p], wantGrads.get(name), GRAD);
    }
    dispose([value, ...others, ...grads]);
    tensorsHeld ??= memory().numTensors;
    if (memory().numTensors !== tensorsHeld) throw new Error('a training step leaves tensors behind');
  }
  const after = theirs(await gpt.values(), variant);
  const wantParams = tensors(`${task}.params_after_5_steps.${variant}.safetensors`);
  for (const [name, wanted] of wantParams) {
    const got = after.get(name) ?? (await model.parameters.get(name).data());
    comparison.trained(name, got, wanted, loose);
  }
  const last = model.losses(batch, { lmCoef });
  await check('loss after training', last.loss, [training[variant].losses_after_last_step.L3], LOSS);
  for (const each of [optimizer, objective]) each[Symbol.dispose]();
}

/** PyTorch's tensors under our names: one table of tokens and positions when the softmax takes both. */
function ours(named, variant) {
  const values = new Map([...named].map(([name, { data }]) => [name, data]));
  const [tokens, positions] = [values.get('tokens_embed.weight'), values.get('positions_embed.weight')];
  if (variant === 'joint') return values.set('we.weight', Float32Array.of(...tokens, ...positions));
  return values.set('wte.weight', tokens).set('wpe.weight', positions);
}

/** Our tensors under PyTorch's names. */
function theirs(values, variant) {
  const data = new Map([...values].map(([name, tensor]) => [name, tensor.data]));
  const we = data.get('we.weight');
  const [tokens, positions] =
    variant === 'joint'
      ? [we.subarray(0, nVocab * nEmbd), we.subarray(nVocab * nEmbd)]
      : [data.get('wte.weight'), data.get('wpe.weight')];
  return data.set('tokens_embed.weight', tokens).set('positions_embed.weight', positions);
}

/** The mean of each row over the positions that count. */
function rowMeans(nll, targets) {
  return Array.from({ length: nll.length / nCtx }, (_, r) => {
    const counted = Array.from({ length: nCtx }, (_, t) => r * nCtx + t).filter((i) => targets[i] >= 0);
    return counted.reduce((sum, i) => sum + nll[i], 0) / counted.length;
  });
}
