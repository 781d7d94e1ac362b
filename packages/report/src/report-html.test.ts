import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PageData } from './page-data.js';
import { readLog } from './read-log.js';
import { reportHtml } from './report-html.js';

const update = (step: number) => ({
  ...{ type: 'step-end', step, loss: 4 - Math.log10(step), parts: { l1: step / 3, l2: 1 / step } },
  ...{ learningRate: 1e-3 / step, gradNorm: Math.abs(Math.sin(step)), sequences: 12, tokens: 3072 },
  ...{ tokensSeen: step * 3072, elapsedMs: 80 + Math.cos(step), tokensPerSecond: 38_400 + Math.cos(step) },
  ...{ ceilingShare: 0.6 + Math.sin(step) / 100, memoryBytes: 9e8 + step },
});

/** A run of `length` updates with some of everything. */
function runOf(length: number) {
  const lines: string[] = [];
  for (let step = 1; step <= length; step++) {
    const add = (event: object) => lines.push(JSON.stringify(event));
    add(update(step));
    if (step % 100 === 0)
      add({ type: 'eval-end', step, loss: 5 - Math.log10(step), metrics: { accuracy: 0.3 } });
    if (step % 200 === 0) add({ type: 'sample-end', step, texts: ['</script>&'.repeat(300), 'é'] });
    if (step % 50 === 0) add({ type: 'checkpoint-end', step, file: 'a' });
    if (step % 70 === 0) add({ type: 'warning', step, kind: 'spike', message: '<b>' });
  }
  return readLog(lines.join('\n'));
}

const dataOf = (html: string): PageData =>
  JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)![1]);

describe('the page', () => {
  test('of 100,000 updates with everything stays below a megabyte, and keeps the one spike', () => {
    const run = runOf(100_000);
    run.steps.loss[54_321] = 99;
    const html = reportHtml(run);
    expect(Buffer.byteLength(html)).toBeLessThan(1e6);
    const { charts, axes } = dataOf(html);
    expect(charts.map(({ title }) => title)).toEqual([
      ...['Loss', 'Loss: l1', 'Loss: l2', 'Validation: accuracy', 'Learning rate', 'Gradient norm'],
      ...['Tokens per second', "Share of the machine's ceiling", 'Memory'],
    ]);
    for (const { axis, lines } of charts) {
      for (const { values } of lines) expect(values.length).toBe(axes[axis].steps.length);
    }
    const [training] = charts[0].lines;
    const spike = training.values.indexOf(99);
    expect(Math.abs(axes[charts[0].axis].steps[spike] - 54_322)).toBeLessThan(167); // updates of a stretch
    expect(html).toContain('Each stretch of 167 updates');
    expect(html).toContain('440 of 500 left out');
  });

  test('draws every number of a short run, with tokens beside the steps', () => {
    const log = [1, 2, 3].map((step) => JSON.stringify({ ...update(step), loss: step, parts: undefined }));
    log.push('{"type":"eval-end","step":2,"loss":0.5}', '{"type":"eval-end","step":0,"loss":9}');
    const { charts, axes } = dataOf(reportHtml(readLog(log.join('\n'))));
    expect(axes[charts[0].axis]).toEqual({ steps: [0, 1, 2, 3], tokens: [0, 3072, 6144, 9216] });
    expect(charts[0].lines.map(({ label, values }) => [label, values])).toEqual([
      ['training', [null, 1, 2, 3]],
      ['smoothed', [null, expect.any(Number), expect.any(Number), expect.any(Number)]],
      ['validation', [9, null, 0.5, null]],
    ]);
    expect(charts[0].best).toEqual({ step: 2, value: 0.5 });
  });

  test('leaves out charts without numbers, and what a logarithm cannot show', () => {
    const log =
      '{"type":"step-end","step":1,"loss":2,"gradNorm":0}\n{"type":"step-end","step":2,"loss":2,"gradNorm":-1}';
    expect(dataOf(reportHtml(readLog(log))).charts.map(({ title }) => title)).toEqual(['Loss']);
    expect(reportHtml(readLog(''))).toContain('The log has no numbers yet.');
  });

  test('allows its own script and style, known by their hashes, and nothing else', () => {
    const html = reportHtml(runOf(500));
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [, script] = /<script>(.*?)<\/script>/s.exec(html)!;
    const [, style] = /<style>(.*?)<\/style>/s.exec(html)!;
    const [, policy] = /Content-Security-Policy" content="(.*?)"/.exec(html)!;
    expect(policy.split('; ').sort()).toEqual([
      "base-uri 'none'",
      "default-src 'none'",
      "form-action 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
    ]);
  });

  test('writes no text of the log or of the caller as HTML', () => {
    const bad = '<img src=x onerror=alert(1)></script></title><!--';
    const events = [
      { ...update(1), parts: { [bad]: 1 } },
      { type: 'eval-end', step: 1, loss: 1, metrics: { [bad]: 1 } },
      { type: 'sample-end', step: 1, texts: [bad] },
      { type: 'warning', step: 1, kind: bad, message: bad },
      { type: 'checkpoint-end', step: 1, file: bad },
      { type: 'train-end', step: 1, reason: bad },
    ];
    const run = readLog(events.map((event) => JSON.stringify(event)).join('\n'));
    const html = reportHtml(run, {
      title: bad,
      facts: { [bad]: bad, list: [bad], more: { [bad]: { bad } } },
    });
    expect(html).not.toContain('<img');
    expect(html.split('</title>').length).toBe(2);
    expect(html.split('<!--').length).toBe(2); // the licence
    expect(html.split('</script>').length).toBe(3);
    expect(html).toContain('Permission is hereby granted'); // uPlot's licence goes along
  });
});
