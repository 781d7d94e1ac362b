import { escapeHtml } from './html.js';
import type { Run } from './run.js';
import { whole } from './units.js';

const MOST = 100;

/** What a person should look at. */
export function warningList({ warnings }: Run): string {
  if (warnings.length === 0) return '';
  const rows = warnings
    .slice(0, MOST)
    .map(({ step, message }) => `<li><b>Step ${whole(step)}</b> ${escapeHtml(message.slice(0, 1000))}</li>`);
  const more = warnings.length - rows.length;
  if (more > 0) rows.push(`<li>… and ${whole(more)} more</li>`);
  return `<section id="warnings"><h2>Warnings</h2><ul>${rows.join('')}</ul></section>`;
}
