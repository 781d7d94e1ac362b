/** What the comparisons with PyTorch share: reading a folder of golden values, and keeping the largest difference of each kind. */
import { readFileSync } from 'node:fs';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { decodeSafetensors } from '@gpt-ts/core';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import { assertClose } from '@gpt-ts/kernels/test';

export const HIDDEN = { rtol: 1e-5, atol: 2e-5 }; // the strict row: an erf GELU or another epsilon would fail it
export const LOSS = { rtol: 1e-5, atol: 2e-6 };
const PARAM = { rtol: 1e-4, atol: 1e-5 };
const STRAY = { rtol: 0, atol: 5e-4 }; // for at most 0.1 % of the parameters after training

/** The backend that the command line asks for. */
export async function startBackend() {
  await (process.argv[2] === 'reference' ? useReferenceBackend() : useWasmBackend());
}

/** A folder of golden values beside this file. */
export function golden(name) {
  const folder = new URL(`${name}/`, import.meta.url);
  return {
    json: (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
    tensors: (file) => decodeSafetensors(readFileSync(new URL(file, folder)), file).tensors,
  };
}

/** Compares, and remembers the largest difference of each kind. Throws at the first value outside its tolerance. */
export class Comparison {
  largest = {};
  strays = 0;
  compared = 0;

  close(kind, name, got, want, tolerance) {
    this.largest[kind] = Math.max(this.largest[kind] ?? 0, assertClose(name, got, want, tolerance));
  }

  /**
   * Parameters after training. Entries whose true gradient is 0 turn rounding noise into a step (Adam divides by the
   * gradient's own size): those in `loose` ranges of the first axis are left out.
   */
  trained(name, got, want, loose) {
    const rowSize = want.shape.slice(1).reduce((a, b) => a * b, 1);
    const ranges = loose.filter((range) => range.name === name);
    const counts = (i) => !ranges.some(({ from, to }) => i / rowSize >= from && i / rowSize < to);
    const [g, w] = [got, want.data].map((values) => [...values].filter((_, i) => counts(i)));
    this.close('parameters after 5 steps', name, g, w, STRAY);
    this.strays += g.filter((value, i) => Math.abs(value - w[i]) > PARAM.atol + PARAM.rtol * Math.abs(w[i])).length;
    this.compared += g.length;
  }

  /** Prints what was seen. */
  report() {
    const { largest, strays, compared } = this;
    if (strays > compared / 1000) throw new Error(`${strays} of ${compared} parameters are outside their tolerance`);
    console.log(JSON.stringify({ largest, strays, compared }, null, 2));
  }
}
