import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findChromium, QUIET } from './tooling/chromium.mjs';

const chromium = findChromium();
if (chromium === undefined) {
  console.warn('No Chromium, so the browser tests are left out. On Debian: apt-get install chromium.');
}

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Tests that look at the clock, after all others. */
const alone: TestProjectInlineConfiguration = {
  root: 'tooling',
  test: { name: 'alone', include: ['*.alone.ts'], sequence: { groupOrder: 1 }, testTimeout: 120_000 },
};

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'tooling', alone, ...(chromium ? inBrowsers(chromium) : [])],
    testTimeout: 120_000,
  },
});

function inBrowsers(executablePath: string): TestProjectInlineConfiguration[] {
  const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'];
  return [
    inBrowser(executablePath, 'backend-wasm', 'isolated', ISOLATED, tfjs),
    inBrowser(executablePath, 'backend-wasm', 'alone', {}, tfjs),
    inBrowser(executablePath, 'tokenizer', 'tokenizer', {}, []),
    inBrowser(executablePath, 'data', 'data', {}, []),
  ];
}

/** The browser tests of a package on a page that is served with these headers. */
function inBrowser(
  executablePath: string,
  packageName: string,
  page: string,
  headers: Record<string, string>,
  dependencies: string[],
): TestProjectInlineConfiguration {
  return {
    root: `packages/${packageName}`,
    server: { headers },
    optimizeDeps: { include: dependencies }, // known at once: no reload
    test: {
      name: `browser-${page}`,
      include: [`test/browser/${page}.browser.ts`],
      testTimeout: 120_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: QUIET } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}
