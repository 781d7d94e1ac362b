/** A pre-norm model's forward pass and gradients against PyTorch's. */
import { dispose, valueAndGrads } from '@gpt-ts/kernels';
import { HIDDEN, LOSS } from './golden.mjs';

const GRAD = { rtol: 1e-3, atol: 5e-6 };

/** Every hidden state, logit, loss and gradient of `forward.safetensors`, `scalars.json` and `grads.safetensors`. */
export async function checkPreNorm(comparison, { json, tensors }, model) {
  const forward = tensors('forward.safetensors');
  const batchSize = forward.get('input_ids').shape[0];
  const inputs = forward.get('input_ids').data;
  const batch = { inputs, targets: forward.get('targets').data, batchSize };
  const check = async (kind, name, got, want, tolerance) =>
    comparison.close(kind, name, await got.data(), want, tolerance);

  let x = model.embed(inputs, batchSize);
  await check('hidden', 'embed', x, forward.get('hidden.embed').data, HIDDEN);
  for (let i = 0; i < model.config.nLayer; i++) {
    x = model.block(i, x);
    await check('hidden', `block ${i}`, x, forward.get(`hidden.${i}`).data, HIDDEN);
  }
  await check('hidden', 'ln_f', model.hidden(inputs, batchSize), forward.get('hidden.ln_f').data, HIDDEN);
  await check('logits', 'logits', model.logits(inputs, batchSize), forward.get('logits').data, HIDDEN);
  const { loss, nll } = model.loss(batch);
  await check('loss', 'loss', loss, [json('scalars.json').loss], LOSS);
  await check('loss', 'nll', nll, forward.get('nll').data, LOSS);

  const { grads } = valueAndGrads(() => model.loss(batch).loss, [...model.parameters.values()]);
  const wantGrads = tensors('grads.safetensors');
  for (const [i, name] of [...model.parameters.keys()].entries()) {
    await check('gradients', name, grads[i], wantGrads.get(name).data, GRAD);
  }
  dispose(grads);
  return batch;
}
