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

export default defineConfig({
  test: {
    projects: [
      'packages/*',
      'apps/*',
      'tooling',
      ...(chromium ? [inBrowser(chromium, 'isolated', ISOLATED), inBrowser(chromium, 'alone', {})] : []),
    ],
    testTimeout: 30_000,
  },
});

/** The wasm backend on a page that is served with these headers. */
function inBrowser(
  executablePath: string,
  page: string,
  headers: Record<string, string>,
): TestProjectInlineConfiguration {
  return {
    root: 'packages/backend-wasm',
    server: { headers },
    optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'] }, // known at once: no reload
    test: {
      name: `browser-${page}`,
      include: [`test/browser/${page}.browser.ts`],
      testTimeout: 30_000,
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
