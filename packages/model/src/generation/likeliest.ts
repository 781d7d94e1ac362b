/**
 * Indices of values from the largest down, the lowest index first of equals, without sorting what nobody asks for.
 *
 * A binary heap: building it takes time proportional to the number of values, each index after that to its logarithm.
 *
 * @param values - No NaN among them.
 * @param least - Smaller values are left out. Default: none.
 * @example
 * const [first, second] = likeliest([0.2, 0.5, 0.3]); // first => 1, second => 2
 */
export function* likeliest(
  values: ArrayLike<number>,
  least: number = Number.NEGATIVE_INFINITY,
): Generator<number, void, undefined> {
  const heap = new Uint32Array(values.length);
  let size = 0;
  for (let i = 0; i < values.length; i++) if (values[i] >= least) heap[size++] = i;
  const sink = (at: number, id: number): void => {
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(values, heap[child + 1], heap[child])) child++;
      if (!before(values, heap[child], id)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = id;
  };
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(i, heap[i]);
  while (size > 0) {
    yield heap[0];
    size--;
    sink(0, heap[size]);
  }
}

function before(values: ArrayLike<number>, a: number, b: number): boolean {
  return values[a] > values[b] || (values[a] === values[b] && a < b);
}
