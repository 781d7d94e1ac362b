import type { SampleEnd } from '@gpt-ts/trainer';
import { escapeHtml } from './html.js';
import type { Run } from './run.js';
import { thinning } from './thin.js';
import { whole } from './units.js';

const MOST_CHARACTERS = 150_000; // on a page
const MOST_SAMPLES = 60;

/** What the model wrote, by step; the page's script shows one step at a time. */
export function sampleList({ samples }: Run): string {
  const written = samples.filter(({ texts }) => texts.length > 0);
  if (written.length === 0) return '';
  const shown = thinning(written.length, MOST_SAMPLES / 2).rows.map((row) => written[row]);
  const left = written.length - shown.length;
  const note = left === 0 ? '' : `<p class="note">${whole(left)} of ${whole(written.length)} left out.</p>`;
  const articles = shown.map((sample) => article(sample, MOST_CHARACTERS / shown.length));
  return `<section id="samples"><h2>What the model wrote</h2>${note}${articles.join('')}</section>`;
}

function article({ step, texts }: SampleEnd, room: number): string {
  const each = Math.max(1, Math.floor(room / texts.length));
  const count = Math.min(texts.length, room);
  const blocks = texts.slice(0, count).map((text) => `<pre dir="auto">${escapeHtml(cut(text, each))}</pre>`);
  return `<article><h3>Step ${whole(step)}</h3>${blocks.join('')}</article>`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\p{Cs}$/u, '')} …`;
}
