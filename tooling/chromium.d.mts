export const QUIET: string[];
export function findChromium(path?: string): string | undefined;
