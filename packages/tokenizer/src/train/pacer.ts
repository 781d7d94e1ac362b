/** Keeps a long computation polite: a browser tab stays alive, and an abort signal can arrive. */

const SLICE_MS = 50;

/**
 * A function to call often: every 50 ms it lets timers and events run before it resolves.
 *
 * Both throw the signal's reason once it is aborted.
 *
 * @param onPause - Called every 50 ms, too.
 */
export function pacer(
  signal: AbortSignal | undefined,
  onPause?: () => void,
): () => Promise<void> | undefined {
  signal?.throwIfAborted();
  let last = performance.now();
  const pause = async (): Promise<void> => {
    onPause?.();
    await new Promise<void>((resolve) => setTimeout(resolve));
    last = performance.now();
    signal?.throwIfAborted();
  };
  return () => (performance.now() - last < SLICE_MS ? undefined : pause());
}
