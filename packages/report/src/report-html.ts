import { chartsOf, updatesByBucket } from './charts.js';
import { factTable } from './facts.js';
import { license, script, scriptHash, style, styleHash } from './generated/page.js';
import { escapeHtml } from './html.js';
import { pageJson } from './page-json.js';
import type { Run } from './run.js';
import { sampleList } from './sample-list.js';
import { staticChart } from './static-chart.js';
import { summaryOf } from './summary.js';
import { tiles } from './tiles.js';
import { whole } from './units.js';
import { warningList } from './warning-list.js';

/** What the page says beside the log. */
export interface ReportOptions {
  /** Default: `'Training run'`. */
  title?: string;
  /** Settings of the run, of any form: shown as a table, nested names joined by dots. */
  facts?: object;
}

/**
 * A run as one HTML page: curves to zoom into, warnings, settings, samples. It needs no network, works from a file, and
 * shows a table and the losses where scripts are off.
 *
 * Everything from the log is escaped, and the page's policy allows this package's script and style alone, known by
 * their hashes. A long run is drawn as the lowest and the highest value of each of 600 stretches.
 *
 * @example
 * await writeFile('report.html', reportHtml(readLog(await readFile('runs/1/log.jsonl'))));
 */
export function reportHtml(run: Run, options: ReportOptions = {}): string {
  const title = escapeHtml(options.title ?? 'Training run');
  const charts = chartsOf(run);
  const facts = factTable(options.facts ?? {});
  const policy = `default-src 'none'; script-src '${scriptHash}'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1></header>
<main>
${tiles(summaryOf(run))}
${warningList(run)}
<section id="charts">${charts.slice(0, 1).map(staticChart).join('')}</section>
${charts.length === 0 ? '<p>The log has no numbers yet.</p>' : chartNote(run)}
${sampleList(run)}
${facts && `<section><h2>Settings</h2>${facts}</section>`}
</main>
<script type="application/json" id="data">${pageJson(charts, run)}</script>
<!-- The script below contains uPlot.
${license}
-->
<script>${script}</script>
</body>
</html>
`;
}

function chartNote(run: Run): string {
  const size = updatesByBucket(run);
  const notes = [
    'Drag to zoom, double-click to see all.',
    size > 1 && `Each stretch of ${whole(size)} updates is drawn by its lowest and its highest value.`,
    run.evaluations.length > 0 && 'Ring: the best validation loss.',
    run.checkpoints.length > 0 && '▲ a checkpoint.',
    run.warnings.length > 0 && 'Dashed line: a warning.',
  ];
  return `<p class="note">${notes.filter(Boolean).join(' ')}</p>`;
}
