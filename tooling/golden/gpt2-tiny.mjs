/**
 * Checks a GPT-2 and AdamW against PyTorch's values in `gpt2-tiny/`: logits, losses, every gradient, five steps. Plain
 * Node, no test framework, the built packages: what a user's program would see.
 *
 *     node tooling/golden/gpt2-tiny.mjs wasm        (or: reference)
 *
 * Prints one JSON object: the largest difference of each kind. Exits with 1 at the first value outside its tolerance.
 */
import { dispose, memory, valueAndGrads } from '@gpt-ts/kernels';
import { GPT, gptConfigFromJson } from '@gpt-ts/model';
import { Optimizer } from '@gpt-ts/trainer';
import { Comparison, golden, LOSS, startBackend } from './golden.mjs';
import { checkPreNorm } from './pre-norm.mjs';

const MEAN = { rtol: 1e-3, atol: 1e-7 };
const SQUARE = { rtol: 1e-3, atol: 1e-10 };

await startBackend();
const files = golden('gpt2-tiny');
const { adamw } = files.json('scalars.json');
const weights = new Map([...files.tensors('weights.safetensors')].map(([name, { data }]) => [name, data]));
const model = GPT.fromValues(gptConfigFromJson(files.json('config.json'), 'config.json'), weights);

const comparison = new Comparison();
const batch = await checkPreNorm(comparison, files, model);
const { batchSize } = batch;

const parameters = [...model.parameters.values()];
const { lr, beta1, beta2, eps, weight_decay: weightDecay, grad_clip: clipNorm } = adamw.hyper;
const optimizer = new Optimizer(model.parameters, { beta1, beta2, eps, weightDecay, clipNorm });
const batches = files.tensors('train_batches.safetensors');
const rows = batches.get('input_ids').data.length / adamw.steps.length;
const part = (name, step) => batches.get(name).data.slice(step * rows, (step + 1) * rows);
let tensorsHeld;
for (const [s, want] of adamw.steps.entries()) {
  const each = { inputs: part('input_ids', s), targets: part('targets', s), batchSize };
  const { value, grads } = valueAndGrads(() => model.loss(each).loss, parameters);
  comparison.close('training loss', `loss of step ${s + 1}`, await value.data(), [want.loss], LOSS);
  const norm = await optimizer.update(grads, s + 1, lr);
  comparison.close('gradient norm', `norm of step ${s + 1}`, [norm], [want.grad_norm], LOSS);
  dispose([value, ...grads]);
  tensorsHeld ??= memory().numTensors;
  if (memory().numTensors !== tensorsHeld) throw new Error('a training step leaves tensors behind');
}

const wantParams = files.tensors('params_after_5_steps.safetensors');
const wantState = files.tensors('adamw_state_after_5_steps.safetensors');
for (const [name, parameter] of model.parameters) {
  comparison.trained(name, await parameter.data(), wantParams.get(name), adamw.compare_loosely);
  const { m, v } = optimizer.moments.get(name);
  comparison.close('exp_avg', name, await m.data(), wantState.get(`exp_avg.${name}`).data, MEAN);
  comparison.close('exp_avg_sq', name, await v.data(), wantState.get(`exp_avg_sq.${name}`).data, SQUARE);
}
const after = await model.loss(batch).loss.data();
comparison.close('loss after training', 'loss', after, [adamw.loss_on_first_batch_after_last_step], LOSS);
comparison.report();
