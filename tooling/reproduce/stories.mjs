/**
 * Reproduces `docs/curves/stories.md`: the recipe `stories` on the built-in story world, with three seeds.
 *
 *     pnpm reproduce:stories     (a minute or two a seed on 2 cores)
 *
 * Runs go to `runs/stories-SEED`; one that is there is resumed, so a finished one is only read.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../workspace.mjs';
import { curveSvg } from './curve-svg.mjs';
import { evaluationsOf, gpt } from './gpt.mjs';

const SEEDS = [0, 1, 2];
const EVERY = 190;

const curves = SEEDS.map((seed) => {
  const out = join(root, `runs/stories-${seed}`);
  const flags = [
    '--recipe',
    'stories',
    '--seed',
    `${seed}`,
    '--eval-every',
    `${EVERY}`,
    '--eval-tokens',
    '16384',
  ];
  gpt('train', out, 'run.json', flags);
  return { name: `seed ${seed}`, points: evaluationsOf(out) };
});
const docs = join(root, 'docs/curves');
const title = 'Validation loss by update on the story world';
writeFileSync(join(docs, 'stories.svg'), curveSvg({ title, curves, losses: [0, 2, 4, 6, 8] }));
writeFileSync(join(docs, 'stories.md'), page());

function page() {
  const steps = curves[0].points.map(({ step }) => step);
  const rows = curves.map(
    ({ name, points }) => `| ${name} | ${points.map(({ loss }) => loss.toFixed(3)).join(' | ')} |`,
  );
  return `# stories

Held-back loss of the recipe \`stories\` in nats per token of its own 2048-token BPE (4 bytes each), on the whole story world: 1900
updates of 4 windows, each beginning with a story. Stories that the model learns from and those it is judged on are different ones.
\`pnpm quickstart\` trains on half of the world's plots and ends lower.

![Validation loss by update: three curves](stories.svg)

| update | ${steps.join(' | ')} |
| --- |${' --- |'.repeat(steps.length)}
${rows.join('\n')}

Made by \`pnpm reproduce:stories\` on Node ${process.version}, ${availableParallelism()} cores of an ${cpus()[0].model.trim()}. The numbers do not
depend on the number of threads.
`;
}
