/** The page of `@gpt-ts/report`, opened from a file in a real browser. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readLog, reportHtml } from '@gpt-ts/report';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, QUIET } from './chromium.mjs';

const executablePath = findChromium();
const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-report-'));
const BAD = '</script></title><img src="http://localhost/x" onerror="hacked=1"><script>hacked=1</script>';
let browser: Browser;

/** A run with some of everything. */
function logOf(length: number): string {
  const events: object[] = [{ type: 'train-start', step: 0, maxSteps: length, parameters: 9e6, plan: {} }];
  for (let step = 1; step <= length; step++) {
    const loss = 1 + 3 / Math.sqrt(step) + Math.sin(step) / 20;
    const speed = { tokensPerSecond: 9000 + 100 * Math.sin(step), ceilingShare: 0.6, memoryBytes: 8e8 };
    const rates = { learningRate: 1e-3 * (1 - step / (length + 1)), gradNorm: 2 + Math.sin(step) };
    const tokens = { sequences: 8, tokens: 512, tokensSeen: 512 * step, elapsedMs: 57 };
    events.push({ type: 'step-end', step, loss, parts: { [BAD]: loss / 2 }, ...rates, ...tokens, ...speed });
    if (step % 20 !== 0) continue;
    events.push({ type: 'eval-end', step, loss: loss + 0.4, metrics: { [BAD]: 0.5 }, elapsedMs: 100 });
    events.push({ type: 'sample-end', step, texts: [`${BAD} at ${step}`, 'שלום 🙂 \u202e'] });
    events.push({ type: 'checkpoint-end', step, file: 'a' });
    events.push({ type: 'warning', step, kind: 'spike', message: BAD });
  }
  return events.map((event) => JSON.stringify(event)).join('\n');
}

/** Opens the page of a log and counts what it should not do. */
async function open(
  log: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const file = join(folder, 'report.html');
  writeFileSync(file, reportHtml(readLog(log), { title: BAD, facts: { [BAD]: BAD } }));
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  const wrong: string[] = [];
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('request', (request) => request.url() !== url && wrong.push(`request: ${request.url()}`));
  page.on('dialog', (dialog) => wrong.push(`dialog: ${dialog.message()}`));
  await page.goto(url);
  return { page, wrong };
}

/** How many pixels of each canvas have about this colour. */
function pixelsOf(page: Page, color: [red: number, green: number, blue: number]): Promise<number[]> {
  return page.evaluate(async (wanted) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelectorAll('canvas')].map((canvas) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true })!; // or Chromium warns
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] > 200 && wanted.every((each, k) => Math.abs(data[i + k] - each) < 12)) count++;
      }
      return count;
    });
  }, color);
}

const BLUE: [number, number, number] = [0x24, 0x63, 0xeb];
const BLUE_IN_DARK: [number, number, number] = [0x6e, 0xa3, 0xff];
const ORANGE: [number, number, number] = [0xe8, 0x59, 0x0c];

describe.skipIf(executablePath === undefined)('the page of a run', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: QUIET });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test('draws every curve, runs nothing of the log, asks for nothing', async () => {
    const { page, wrong } = await open(logOf(3000), { colorScheme: 'light' });
    const blue = await pixelsOf(page, BLUE);
    expect(blue.length).toBe(8);
    for (const pixels of blue) expect(pixels).toBeGreaterThan(100);
    expect((await pixelsOf(page, ORANGE)).map((pixels) => pixels > 100)).toEqual(blue.map((_, i) => i === 0));
    expect(await page.title()).toBe(BAD);
    expect(await page.locator('figcaption').allTextContents()).toContain(`Validation: ${BAD}`);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(wrong).toEqual([]);
  });

  test('zooms all curves when one is dragged over, and shows numbers under the cursor', async () => {
    const { page, wrong } = await open(logOf(3000));
    await page.locator('figure').first().scrollIntoViewIfNeeded();
    const box = (await page.locator('.u-over').first().boundingBox())!;
    const drag = async (from: number, to: number) => {
      await page.mouse.move(box.x + box.width * from, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * to, box.y + 50, { steps: 4 });
      await page.mouse.up();
    };
    const steps = async () => {
      const texts = await page.locator('.u-legend tr:first-child .u-value').allTextContents();
      return texts.map((text) => Number(text.split(' ')[0].replace(',', '')));
    };
    await drag(0.5, 0.6);
    await page.mouse.move(box.x + box.width * 0.01, box.y + 60);
    for (const step of await steps()) expect(Math.abs(step - 1500)).toBeLessThan(100);
    await page.mouse.dblclick(box.x + box.width * 0.01, box.y + 60);
    await page.mouse.move(box.x + box.width * 0.011, box.y + 60);
    for (const step of await steps()) expect(step).toBeLessThan(100);
    expect(wrong).toEqual([]);
  });

  test('leafs through the samples', async () => {
    const { page } = await open(logOf(100));
    const shown = () => page.locator('#samples article:visible h3').allTextContents();
    expect(await shown()).toEqual(['Step 100']);
    await page.locator('#samples input').fill('0');
    expect(await shown()).toEqual(['Step 20']);
    expect(await page.locator('#samples article:visible pre').first().textContent()).toBe(`${BAD} at 20`);
  });

  test('is dark where the reader likes it dark, and follows', async () => {
    const { page, wrong } = await open(logOf(100), { colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(15, 18, 22)',
    );
    expect((await pixelsOf(page, BLUE_IN_DARK))[0]).toBeGreaterThan(100);
    await page.emulateMedia({ colorScheme: 'light' });
    expect((await pixelsOf(page, BLUE))[0]).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  test('fits a phone', async () => {
    const { page } = await open(logOf(100), { viewport: { width: 360, height: 700 }, deviceScaleFactor: 3 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect((await pixelsOf(page, BLUE)).every((pixels) => pixels > 100)).toBe(true);
  });

  test('shows numbers, losses, samples and settings without scripts', async () => {
    const { page } = await open(logOf(100), { javaScriptEnabled: false });
    expect(await page.locator('.tiles dd').first().textContent()).toMatch(/^\d\.\d{4}$/);
    expect(await page.locator('#charts svg path').count()).toBe(3);
    expect(await page.locator('#samples article:visible').count()).toBe(5);
    expect(await page.locator('.facts dd').textContent()).toBe(BAD);
  });

  test.each([
    ['nothing', ''],
    ['one update', '{"type":"step-end","step":1,"loss":2,"gradNorm":1,"learningRate":0}'],
    ['one evaluation', '{"type":"eval-end","step":0,"loss":2}'],
  ])('of %s is no error', async (_, log) => {
    const { page, wrong } = await open(log);
    expect(await page.locator('canvas').count()).toBe(log.includes('gradNorm') ? 3 : log === '' ? 0 : 1);
    expect(wrong).toEqual([]);
  });

  test('lets no other script run and no request leave, whoever puts them there', async () => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => void response.end(asked.push(url)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const { page, wrong } = await open(logOf(20));
    await page.evaluate(async (from) => {
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      const image = document.createElement('img');
      const over = new Promise((resolve) => image.addEventListener('error', resolve));
      image.src = `${from}/image`;
      document.body.append(script, image);
      await over;
      await fetch(`${from}/fetch`).catch(() => {});
    }, `http://127.0.0.1:${port}`);
    server.close();
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(asked).toEqual([]);
    for (const blocked of ['inline script', '/image', '/fetch']) {
      const told = wrong.some((each) => each.includes(blocked) && each.includes('Content Security Policy'));
      expect(told, blocked).toBe(true);
    }
  });
});
