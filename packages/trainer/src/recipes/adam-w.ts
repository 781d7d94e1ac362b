/** What GPT-3 appendix B gives, and nanoGPT uses for GPT-2. */
export const adamW = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1, clipNorm: 1 } as const;
