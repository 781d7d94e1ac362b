/**
 * Bundles a package's JavaScript, because Node takes about a third of a millisecond to find and read each module, and
 * nobody should wait for the number of files that we find pleasant to read. Types stay as `tsc` writes them.
 *
 *     node ../../tooling/bundle.mjs          in the package's folder, after tsc -b with emitDeclarationOnly
 *
 * Every file that `exports` or `imports` in package.json names becomes a file, and so does every file of `src/node` and
 * `src/browser` (workers are started by address). What several need goes to `dist/shared`; other packages stay imports.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { readJson } from './workspace.mjs';

/**
 * @param {string} folder - The package.
 * @param {{ dist?: string, minify?: boolean }} [options] - Where to write, and whether to shorten.
 */
export async function bundle(folder, { dist = join(folder, 'dist'), minify = false } = {}) {
  rmSync(join(dist, 'shared'), { recursive: true, force: true }); // names of an earlier build
  const entries = Object.fromEntries(
    entriesOf(folder).map((name) => [name, join(folder, 'src', `${name}.ts`)]),
  );
  const main = await modulesOf(entries.index);
  const build = await rolldown({ input: entries, ...INPUT });
  const written = await build.write({
    dir: dist,
    format: 'esm',
    minify,
    sourcemap: !minify,
    entryFileNames: '[name].js',
    chunkFileNames: 'shared/[name].js',
    // All that the front door needs is one file, whatever else needs parts of it.
    codeSplitting: { groups: [{ name: 'main', test: (id) => main.has(id) }] },
  });
  await build.close();
  importEarly(join(dist, 'index.js'), written.output);
  return written.output;
}

/**
 * Names the packages that `index.js` needs in the file itself, which is but a list of what `main.js` exports: so Node looks
 * for them while it reads `main.js`, and not after.
 */
function importEarly(file, output) {
  const { imports } = output.find(({ fileName }) => fileName === 'shared/main.js');
  const packages = imports.filter((name) => !name.endsWith('.js'));
  const lines = packages.map((name) => `import '${name}';\n`).join('');
  writeFileSync(file, lines + readFileSync(file, 'utf8'));
}

const INPUT = {
  external: (id) => !id.startsWith('.') && !id.startsWith('/'),
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  platform: 'neutral',
};

/** The modules that a file needs at once: not the ones it imports later. */
async function modulesOf(file) {
  const build = await rolldown({ input: file, ...INPUT });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  return new Set(output.find((chunk) => chunk.isEntry).moduleIds);
}

/** Names under `src`, without `.ts`. */
function entriesOf(folder) {
  const { exports = {}, imports = {} } = readJson(join(folder, 'package.json'));
  const named = [...Object.values(exports), ...Object.values(imports)]
    .flatMap((each) => Object.values(each))
    .filter((path) => path.endsWith('.js'))
    .map((path) => path.replace(/^\.\/dist\//, '').replace(/\.js$/, ''));
  const placed = ['node', 'browser'].flatMap((group) => {
    const path = join(folder, 'src', group);
    const files = existsSync(path) ? readdirSync(path) : [];
    return files
      .filter((name) => !name.includes('.test.'))
      .map((name) => `${group}/${name.replace(/\.ts$/, '')}`);
  });
  return [...new Set([...named, ...placed])];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await bundle(process.cwd());
