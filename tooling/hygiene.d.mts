interface Package {
  folder: string;
  manifest: Record<string, unknown>;
}

export function manifestProblems(each: Package, has: (file: string) => boolean): string[];
export function versionProblems(packages: Package[]): string[];
