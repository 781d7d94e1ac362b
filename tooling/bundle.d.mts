/** Bundles a package; see bundle.mjs. */
export function bundle(
  folder: string,
  options?: { dist?: string; minify?: boolean },
): Promise<
  (
    | { type: 'chunk'; fileName: string; code: string; imports: string[] }
    | { type: 'asset'; fileName: string }
  )[]
>;
