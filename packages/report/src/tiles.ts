import { escapeHtml } from './html.js';
import type { RunSummary } from './summary.js';
import { bytes, compact, duration, whole } from './units.js';

const ENDINGS = { done: 'done', aborted: 'interrupted', 'early-stop': 'stopped early' };

/** The summary as a row of large numbers. */
export function tiles(summary: RunSummary): string {
  const { steps, maxSteps, training, validation, tokens, seconds, tokensPerSecond } = summary;
  const best = validation?.best;
  const of = maxSteps === undefined ? '' : `of ${whole(maxSteps)}`;
  const ended = summary.ended === undefined ? '' : (ENDINGS[summary.ended] ?? summary.ended);
  const ceiling = summary.ceilingShare && `${Math.round(summary.ceilingShare * 100)} % of the ceiling`;
  const all: Tile[] = [
    ['Best validation loss', best && digits(best.loss), best && `at step ${whole(best.step)}`],
    [
      'Training loss',
      training && digits(training.last.loss),
      training && `from ${digits(training.first.loss)}`,
    ],
    ['Updates', whole(steps), [of, ended].filter(Boolean).join(', ')],
    ['Tokens', compact(tokens)],
    ['Time', duration(seconds)],
    ['Tokens per second', tokensPerSecond && compact(tokensPerSecond), ceiling],
    ['Parameters', summary.parameters && compact(summary.parameters)],
    ['Memory', summary.peakMemoryBytes && bytes(summary.peakMemoryBytes)],
  ];
  const shown = all.filter(([, value]) => value);
  const html = shown.map(
    ([label, value, note]) =>
      `<div><dt>${label}</dt><dd>${escapeHtml(String(value))}</dd>${note ? `<dd class="note">${escapeHtml(String(note))}</dd>` : ''}</div>`,
  );
  return `<dl class="tiles">${html.join('')}</dl>`;
}

type Tile = [label: string, value: string | number | undefined, note?: string | number];

const digits = (loss: number): string => loss.toFixed(4);
