export interface WorkspacePackage {
  /** Relative to the root: `packages/core`. */
  folder: string;
  /** Absolute. */
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: a package.json is whatever its author wrote
  manifest: Record<string, any>;
}

export const root: string;
export function readPackages(from?: string): WorkspacePackage[];
export function readJson(path: string): Record<string, unknown>;
export function run(
  command: string[],
  cwd?: string,
): Promise<{ status: number; stdout: string; output: string }>;
export function mapInParallel<T, R>(
  items: T[],
  work: (item: T, index: number) => R | Promise<R>,
  workers?: number,
): Promise<R[]>;
export function packTo(each: { path: string }, folder: string): Promise<{ tarball: string; files: string[] }>;
