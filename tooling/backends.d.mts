export function factRows(kernels: string[], cases: { name: string }[], gradients: string[]): string[][];
export function isFresh(markdown: string, facts: string[][]): boolean;
