/**
 * Checks the model and the optimizer against PyTorch's values in `gpt2-tiny/`: logits, losses, every gradient, five
 * AdamW steps. Plain Node, no test framework, the built packages: what a user's program would see.
 *
 *     node tooling/golden/gpt2-tiny.mjs wasm        (or: reference)
 *
 * Prints one JSON object: the largest difference of each kind. Exits with 1 at the first value outside its tolerance.
 */
import { readFileSync } from 'node:fs';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { decodeSafetensors } from '@gpt-ts/core';
import { dispose, memory, valueAndGrads } from '@gpt-ts/kernels';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import { assertClose } from '@gpt-ts/kernels/test';
import { GPT, gptConfigFromJson } from '@gpt-ts/model';
import { Optimizer } from '@gpt-ts/trainer';

const HIDDEN = { rtol: 1e-5, atol: 2e-5 }; // the strict row: an erf GELU or another epsilon would fail it
const LOSS = { rtol: 1e-5, atol: 2e-6 };
const GRAD = { rtol: 1e-3, atol: 5e-6 };
const PARAM = { rtol: 1e-4, atol: 1e-5 };
const MEAN = { rtol: 1e-3, atol: 1e-7 };
const SQUARE = { rtol: 1e-3, atol: 1e-10 };
const STRAY = { rtol: 0, atol: 5e-4 }; // for at most 0.1 % of the parameters after training

const folder = new URL('gpt2-tiny/', import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const tensors = (name) => decodeSafetensors(readFileSync(new URL(name, folder)), name).tensors;

await (process.argv[2] === 'reference' ? useReferenceBackend() : useWasmBackend());
const { loss: wantLoss, adamw } = json('scalars.json');
const weights = new Map([...tensors('weights.safetensors')].map(([name, { data }]) => [name, data]));
const config = gptConfigFromJson(json('config.json'), 'config.json');
const largest = {};
const check = (kind, name, got, want, tolerance) => {
  largest[kind] = Math.max(largest[kind] ?? 0, assertClose(name, got, want, tolerance));
};

const model = GPT.fromValues(config, weights);
const forward = tensors('forward.safetensors');
const batchSize = forward.get('input_ids').shape[0];
const inputs = forward.get('input_ids').data;
const batch = { inputs, targets: forward.get('targets').data, batchSize };

let x = model.embed(inputs, batchSize);
check('hidden', 'embed', await x.data(), forward.get('hidden.embed').data, HIDDEN);
for (let i = 0; i < config.nLayer; i++) {
  x = model.block(i, x);
  check('hidden', `block ${i}`, await x.data(), forward.get(`hidden.${i}`).data, HIDDEN);
}
check('logits', 'logits', await model.logits(inputs, batchSize).data(), forward.get('logits').data, HIDDEN);
const { loss, nll } = model.loss(batch);
check('loss', 'loss', await loss.data(), [wantLoss], LOSS);
check('loss', 'nll', await nll.data(), forward.get('nll').data, LOSS);

const parameters = [...model.parameters.values()];
const gradsOf = (each) => valueAndGrads(() => model.loss(each).loss, parameters);
const { grads } = gradsOf(batch);
const wantGrads = tensors('grads.safetensors');
for (const [i, name] of [...model.parameters.keys()].entries()) {
  check('gradients', name, await grads[i].data(), wantGrads.get(name).data, GRAD);
}
dispose(grads);

const { lr, beta1, beta2, eps, weight_decay: weightDecay, grad_clip: clipNorm } = adamw.hyper;
const optimizer = new Optimizer(model.parameters, { beta1, beta2, eps, weightDecay, clipNorm });
const batches = tensors('train_batches.safetensors');
const rows = batches.get('input_ids').data.length / adamw.steps.length;
const part = (name, step) => batches.get(name).data.slice(step * rows, (step + 1) * rows);
let tensorsHeld;
for (const [s, want] of adamw.steps.entries()) {
  const { value, grads } = gradsOf({ inputs: part('input_ids', s), targets: part('targets', s), batchSize });
  check('training loss', `loss of step ${s + 1}`, await value.data(), [want.loss], LOSS);
  const norm = await optimizer.update(grads, s + 1, lr);
  check('gradient norm', `norm of step ${s + 1}`, [norm], [want.grad_norm], LOSS);
  dispose([value, ...grads]);
  tensorsHeld ??= memory().numTensors;
  if (memory().numTensors !== tensorsHeld) throw new Error('a training step leaves tensors behind');
}

// Entries whose true gradient is 0 turn rounding noise into a step (Adam divides by the gradient's own size).
const loose = (name, i, { shape }) =>
  adamw.compare_loosely.some(
    (range) => range.name === name && Math.floor(i / (shape.slice(1).reduce((a, b) => a * b, 1))) >= range.from &&
      Math.floor(i / (shape.slice(1).reduce((a, b) => a * b, 1))) < range.to,
  );
const wantParams = tensors('params_after_5_steps.safetensors');
const wantState = tensors('adamw_state_after_5_steps.safetensors');
let strays = 0;
let compared = 0;
for (const [name, parameter] of model.parameters) {
  const want = wantParams.get(name);
  const pairs = [...(await parameter.data())].map((got, i) => [got, want.data[i], i]);
  const strict = pairs.filter(([, , i]) => !loose(name, i, want));
  const [got, expected] = [strict.map(([value]) => value), strict.map(([, value]) => value)];
  check('parameters after 5 steps', name, got, expected, STRAY);
  strays += got.filter((value, i) => Math.abs(value - expected[i]) > PARAM.atol + PARAM.rtol * Math.abs(expected[i])).length;
  compared += got.length;
  const { m, v } = optimizer.moments.get(name);
  check('exp_avg', name, await m.data(), wantState.get(`exp_avg.${name}`).data, MEAN);
  check('exp_avg_sq', name, await v.data(), wantState.get(`exp_avg_sq.${name}`).data, SQUARE);
}
if (strays > compared / 1000) throw new Error(`${strays} of ${compared} parameters are outside their tolerance`);
check('loss after training', 'loss', await model.loss(batch).loss.data(), [adamw.loss_on_first_batch_after_last_step], LOSS);

console.log(JSON.stringify({ largest, strays, compared }, null, 2));
