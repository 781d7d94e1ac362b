/**
 * A pre-norm GPT from its definition, in doubles, on lists: nothing here is shared with the packages that it checks.
 *
 * A matrix is a list of rows, `[out][in]`, as PyTorch's `Linear` keeps it.
 *
 * @see GPT-2 section 2.3; Vaswani et al. 2017, section 3.2.1.
 */

/** Logits `[T][V]` for ids `[T]`. */
export function logits({ wte, wpe, blocks, lnF, nHead, scale, gelu }, ids) {
  let stream = ids.map((id, t) => wte[id].map((x, c) => x + wpe[t][c])); // [T][C]
  for (const block of blocks) {
    const attended = attention(
      stream.map((x) => layerNorm(x, block.ln1)),
      block,
      { nHead, scale },
    );
    stream = stream.map((x, t) => plus(x, attended[t]));
    const hidden = stream.map((x) => linear(layerNorm(x, block.ln2), block.fc).map(gelu)); // [T][4C]
    stream = stream.map((x, t) => plus(x, linear(hidden[t], block.fcProj)));
  }
  return stream.map((x) => linear(layerNorm(x, lnF), { weight: wte })); // the head is the token table
}

/** Each position looks at itself and at those before it, at `window` of them in all. `[T][C]` to `[T][C]`. */
function attention(xs, { q, k, v, proj, window = Number.POSITIVE_INFINITY }, { nHead, scale }) {
  const [queries, keys, values] = [q, k, v].map((each) => xs.map((x) => linear(x, each)));
  const dHead = xs[0].length / nHead;
  return xs.map((_, i) => {
    const out = [];
    for (let head = 0; head < nHead; head++) {
      const first = head * dHead;
      const weights = [];
      for (let j = 0; j <= i; j++) {
        let score = 0;
        for (let c = first; c < first + dHead; c++) score += queries[i][c] * keys[j][c];
        weights.push(j > i - window ? Math.exp(scale * score) : 0);
      }
      const total = weights.reduce((sum, x) => sum + x, 0);
      for (let c = first; c < first + dHead; c++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += (weights[j] / total) * values[j][c];
        out.push(sum);
      }
    }
    return linear(out, proj);
  });
}

function linear(x, { weight, bias }) {
  return weight.map((row, o) => row.reduce((sum, w, i) => sum + w * x[i], bias?.[o] ?? 0));
}

function layerNorm(x, { weight, bias }) {
  const mean = x.reduce((sum, each) => sum + each, 0) / x.length;
  const variance = x.reduce((sum, each) => sum + (each - mean) ** 2, 0) / x.length;
  return x.map((each, c) => ((each - mean) / Math.sqrt(variance + 1e-5)) * weight[c] + (bias?.[c] ?? 0));
}

function plus(a, b) {
  return a.map((x, c) => x + b[c]);
}

/** GELU as OpenAI's models and GPT-Neo have it. */
export function geluTanh(x) {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** GELU as nanoGPT has it: x times the normal distribution, which Simpson's rule integrates to 1e-12. */
export function geluExact(x) {
  const density = (t) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  const steps = 400;
  let sum = density(0) + density(x);
  for (let n = 1; n < steps; n++) sum += (n % 2 === 1 ? 4 : 2) * density((n * x) / steps);
  return x * (0.5 + (sum * x) / steps / 3);
}
