/**
 * Makes the page's script, with uPlot in it, and its style: as texts in `src/generated/page.ts`, with the hashes by which
 * the page's content security policy knows them.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const uplot = dirname(createRequire(import.meta.url).resolve('uplot/package.json'));
const bundle = await rolldown({ input: 'page/main.ts', platform: 'browser' });
const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false });
await bundle.close();

const script = output[0].code.trim();
const style = `${await readFile(join(uplot, 'dist/uPlot.min.css'), 'utf8')}\n${await readFile('page/style.css', 'utf8')}`;
const license = (await readFile(join(uplot, 'LICENSE'), 'utf8')).trim();
if (/<\/(script|style)|<!--|\r/i.test(script + style))
  throw new Error('the script or the style would end its element');
if (license.includes('--')) throw new Error("uPlot's licence would end its comment");

await mkdir('src/generated', { recursive: true });
await writeFile(
  'src/generated/page.ts',
  `// Made by scripts/build-page.mjs from page/ and uPlot.
export const script: string = ${JSON.stringify(script)};
export const scriptHash: string = ${JSON.stringify(hash(script))};
export const style: string = ${JSON.stringify(style)};
export const styleHash: string = ${JSON.stringify(hash(style))};
export const license: string = ${JSON.stringify(license)};
`,
);

function hash(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
