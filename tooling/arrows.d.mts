export interface Package {
  /** `packages/core`, `apps/cli`. */
  folder: string;
  manifest: {
    name: string;
    exports?: Record<string, unknown>;
    imports?: Record<string, Record<string, string>>;
    dependencies?: Record<string, string>;
    peerDependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  /** Paths are relative to the folder. */
  files: { path: string; text: string }[];
}

export interface Workspace {
  packages: Package[];
  /** Of the root: every test may use them. */
  devDependencies?: Record<string, string>;
}

export interface Violation {
  file: string;
  line: number;
  import: string;
  rule: string;
}

export const ARROWS: Record<string, string[]>;
export const TFJS: Record<string, string[]>;
export function findViolations(workspace: Workspace): Violation[];
export function readWorkspace(root?: string): Workspace;
