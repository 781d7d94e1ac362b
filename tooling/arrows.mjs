/**
 * Keeps the arrows of the house: who may import whom, and from where.
 *
 *     node tooling/arrows.mjs
 *
 * Reads every package's `package.json` and every import in its `src/` and `test/`; prints what breaks a rule and exits
 * with 1. The drawing is in docs/architecture.md, the table it stands for is below.
 */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { readJson, readPackages, root } from './workspace.mjs';

/** The packages that each package may import. Apps may import every package; nothing imports an app. */
export const ARROWS = {
  core: [],
  tokenizer: ['core'],
  kernels: ['core'],
  'backend-wasm': ['kernels', 'core'],
  model: ['kernels', 'core'],
  data: ['core'],
  trainer: ['model', 'kernels', 'core'],
  tasks: ['tokenizer', 'core'],
  report: ['trainer', 'core'],
  webtext: ['data', 'core'],
};

/** Packages for Node alone: any of their files may import its builtins. */
const NODE_PACKAGES = ['webtext'];

/** Who may import which part of tfjs: when the engine changes, these are the folders that change. */
export const TFJS = {
  kernels: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu'],
  'backend-wasm': ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'],
};

/**
 * Finds everything that breaks a rule. Pure: the workspace comes in as text.
 *
 * @param {import('./arrows.mjs').Workspace} workspace
 * @returns {import('./arrows.mjs').Violation[]}
 */
export function findViolations({ packages, devDependencies = {} }) {
  const byName = new Map(packages.map((each) => [each.manifest.name, each]));
  const at = (file, line, name) => (rule) => ({ file, line, import: name, rule });

  return packages.flatMap((self) => {
    const violations = [];
    for (const [section, name] of runtimeDependencies(self.manifest)) {
      const rule = byName.has(name) ? arrowRule(self, byName.get(name)) : tfjsRule(self, name);
      if (rule) violations.push(at(`${self.folder}/package.json`, lineOf(self, section, name), name)(rule));
    }
    if (isLibrary(self) && !(shortName(self) in ARROWS)) {
      const rule = `has no row in the table of arrows; add ${shortName(self)} to tooling/arrows.mjs`;
      violations.push(at(`${self.folder}/package.json`, 1, self.manifest.name)(rule));
    }
    for (const { path, text } of self.files) {
      for (const { name, line } of importsOf(path, text)) {
        const rule = name.startsWith('.')
          ? relativeRule(self, path, name)
          : name.startsWith('#')
            ? conditionalRule(self, path, name)
            : importRule(self, path, name, byName, devDependencies);
        if (rule) violations.push(at(`${self.folder}/${path}`, line, name)(rule));
      }
    }
    return violations;
  });
}

/** The rule that a relative import breaks, if any. */
function relativeRule(self, path, name) {
  const target = posix.join(posix.dirname(path), name);
  if (target.startsWith('..')) return 'leaves its package; import the other package by its name';
  if (isLibrary(self) && !isTest(path) && !isNodeOnly(path) && isNodeOnly(target)) {
    return 'only src/node.ts and src/node/ may import Node-only files';
  }
}

/** The rule that `#name`, which `imports` in package.json resolves by condition, breaks, if any. */
function conditionalRule(self, path, name) {
  const targets = self.manifest.imports?.[name];
  if (!targets) return `${self.folder}/package.json has no ${name} among its imports`;
  if (!isLibrary(self) || isTest(path) || isNodeOnly(path)) return undefined;
  const elsewhere = Object.entries(targets).filter(([condition]) => condition !== 'node');
  if (elsewhere.every(([, target]) => !isNodeOnly(target.replace('./dist/', 'src/')))) return undefined;
  return 'only its "node" condition may lead to Node-only files';
}

/** The rule that an import by name breaks, if any. */
function importRule(self, path, name, byName, rootDevDependencies) {
  const test = isTest(path);
  const nodeAllowed = !isLibrary(self) || NODE_PACKAGES.includes(shortName(self)) || test || isNodeOnly(path);
  if (isBuiltin(name)) {
    if (!name.startsWith('node:')) return `write node:${name}`;
    return nodeAllowed ? undefined : 'Node builtins belong in src/node.ts or src/node/';
  }
  const bare = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  const other = byName.get(bare);
  if (other === self) {
    return test ? entryRule(other, name) : 'inside a package import the file itself, not the package';
  }
  if (other && !isLibrary(other)) return 'nothing imports an app';
  if (!(test && bare in { ...rootDevDependencies, ...self.manifest.devDependencies })) {
    const rule = other ? arrowRule(self, other) : tfjsRule(self, bare);
    if (rule) return rule;
    if (!runtimeDependencies(self.manifest).some(([, each]) => each === bare)) {
      return `${bare} is not among the dependencies of ${self.folder}/package.json`;
    }
  }
  if (!other) return undefined;
  if (!nodeAllowed && name === `${bare}/node`) return 'a Node-only entry belongs in src/node.ts or src/node/';
  return entryRule(other, name);
}

function arrowRule(self, other) {
  if (!isLibrary(other)) return 'nothing imports an app';
  if (!isLibrary(self) || other === self) return undefined;
  const allowed = ARROWS[shortName(self)] ?? [];
  if (allowed.includes(shortName(other))) return undefined;
  const names = allowed.length ? `only ${allowed.join(' and ')}` : 'no other package';
  return `${shortName(self)} may import ${names}`;
}

function tfjsRule(self, name) {
  if (!name.startsWith('@tensorflow/') || TFJS[shortName(self)]?.includes(name)) return undefined;
  const owners = Object.keys(TFJS).filter((each) => TFJS[each].includes(name));
  return owners.length
    ? `only ${owners.join(' and ')} may import ${name}`
    : `only ${Object.keys(TFJS).join(' and ')} import tfjs, and neither imports ${name}`;
}

/** A package's internals are its own: only what `exports` names can be imported. */
function entryRule(other, name) {
  const entry = name.replace(other.manifest.name, '.');
  if (Object.keys(other.manifest.exports ?? {}).includes(entry)) return undefined;
  return `${other.manifest.name} does not export '${entry}'`;
}

const isLibrary = ({ folder }) => folder.startsWith('packages/');
const shortName = ({ folder }) => posix.basename(folder);
const isTest = (path) => path.startsWith('test/') || /\.(test|test-d|bench)\.ts$/.test(path);
const isNodeOnly = (path) => /^src\/node(\/|\.[jt]s$)/.test(path);

/** `[section, name]` of each dependency that an installed package brings along. */
function runtimeDependencies(manifest) {
  return ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((section) =>
    Object.keys(manifest[section] ?? {}).map((name) => [section, name]),
  );
}

function lineOf({ manifest }, section, name) {
  const lines = JSON.stringify(manifest, null, 2).split('\n');
  const start = lines.indexOf(`  "${section}": {`);
  return lines.findIndex((line, i) => i > start && line.startsWith(`    "${name}":`)) + 1;
}

/** Every module a file names: `import`, `export from`, `import()` with a literal, and `import('…')` types. */
function importsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node) => {
    if (!node || !ts.isStringLiteralLike(node)) return;
    found.push({ name: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isImportTypeNode(node)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The workspace on disk, as {@link findViolations} wants it. */
export function readWorkspace(from = root) {
  return {
    packages: readPackages(from).map((each) => ({
      folder: each.folder,
      manifest: each.manifest,
      files: ['src', 'test'].flatMap((folder) => sourceFiles(each.path, folder)),
    })),
    devDependencies: readJson(join(from, 'package.json')).devDependencies,
  };
}

function sourceFiles(path, folder) {
  let entries;
  try {
    entries = readdirSync(join(path, folder), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && /\.[mc]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: relative(path, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  const from = resolve(process.argv[2] ?? root);
  const workspace = readWorkspace(from);
  const violations = findViolations(workspace);
  for (const { file, line, import: name, rule } of violations) {
    console.error(`${file}:${line}  '${name}': ${rule}.`);
  }
  const files = workspace.packages.flatMap(({ files }) => files).length;
  if (violations.length === 0) {
    console.log(`${files} files in ${workspace.packages.length} packages: all arrows point one way.`);
  }
  process.exitCode = violations.length ? 1 : 0;
}
