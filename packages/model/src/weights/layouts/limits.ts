/** What several layouts ask of a model. */
import type { GPTConfig } from '../../gpt-config.js';
import type { Limit } from './layout.js';

export const preNorm = ({ norm }: GPTConfig): Limit => ({
  ...{ field: 'norm', holds: norm === 'pre', expected: '"pre"' },
});

export const tiedHead = ({ head }: GPTConfig): Limit => ({
  ...{ field: 'head', holds: head === 'tied', expected: '"tied"' },
});

export const allDense = ({ attention }: GPTConfig): Limit => ({
  field: 'attention',
  holds: attention.every(({ kind }) => kind === 'dense'),
  expected: 'dense everywhere',
});

export const headsFillWidth = ({ dHead, nHead, nEmbd }: GPTConfig): Limit => ({
  ...{ field: 'dHead', holds: dHead * nHead === nEmbd, expected: `nEmbd / nHead = ${nEmbd / nHead}` },
});

export const mlpIsFourfold = ({ nInner, nEmbd }: GPTConfig): Limit => ({
  ...{ field: 'nInner', holds: nInner === 4 * nEmbd, expected: `4 nEmbd = ${4 * nEmbd}` },
});

export const scaledScores = (config: GPTConfig): Limit => ({
  ...{ field: 'scoreScale', holds: scalesByWidth(config), expected: '1 / sqrt(dHead)' },
});

export const activationIs = ({ activation }: GPTConfig, wanted: GPTConfig['activation']): Limit => ({
  ...{ field: 'activation', holds: activation === wanted, expected: JSON.stringify(wanted) },
});

export const epsIsDefault = ({ layerNormEps }: GPTConfig): Limit => ({
  ...{ field: 'layerNormEps', holds: layerNormEps === 1e-5, expected: '1e-5' },
});

/** Whether scores are divided by the root of a head's width, as in all papers. */
export function scalesByWidth({ scoreScale, dHead }: GPTConfig): boolean {
  return scoreScale === 1 / Math.sqrt(dHead);
}
