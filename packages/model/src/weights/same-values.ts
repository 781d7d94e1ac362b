import { type TensorPart, tensorPieces } from '@gpt-ts/core';

/** Whether two tensors of the same number of elements have the same values. */
export async function sameValues(a: TensorPart, b: TensorPart): Promise<boolean> {
  const others = tensorPieces([b]);
  let theirs = new Float32Array();
  try {
    for await (const { values } of tensorPieces([a])) {
      for (let i = 0; i < values.length; ) {
        if (theirs.length === 0) theirs = (await others.next()).value?.values ?? theirs;
        const n = Math.min(values.length - i, theirs.length);
        if (n === 0) return false;
        for (let j = 0; j < n; j++) if (!Object.is(values[i + j], theirs[j])) return false;
        theirs = theirs.subarray(n);
        i += n;
      }
    }
    return true;
  } finally {
    await others.return(undefined);
  }
}
