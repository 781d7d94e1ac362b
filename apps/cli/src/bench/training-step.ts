/** Whole training steps: forward, backward, clipping, AdamW. */
import { dispose, valueAndGrads } from '@gpt-ts/kernels';
import { GPT, gptConfig, type PresetName, preset, trainingFlops } from '@gpt-ts/model';
import { describePlan, memoryPlan, Optimizer, recipeFor, settingsOf } from '@gpt-ts/trainer';
import { printNote } from '../io.js';
import { againstPeer, type BenchCase, shareOfCeiling } from './bench-case.js';
import { ids } from './inputs.js';
import type { Subject, SubjectSpec } from './subject.js';

interface Step {
  preset: PresetName;
  batchSize: number;
  seqLen: number;
  nVocab: number;
}

const BAR_GIB = 3.6;
const SHAKESPEARE: Step = { preset: 'shakespeare-char', batchSize: 12, seqLen: 64, nVocab: 65 };
const GPT2: Step = { preset: 'gpt2', batchSize: 1, seqLen: 256, nVocab: 50_257 };
const LARGEST: Step = { ...GPT2, batchSize: 4, seqLen: 512 };

const shapeOf = ({ batchSize, seqLen }: Step) => `${batchSize}x${seqLen}`;
const configOf = (step: Step) => gptConfig({ ...preset(step.preset).config, nVocab: step.nVocab });

/** The step that is also measured on the peer. */
export const shakespeareSubject: SubjectSpec = {
  name: 'training step shakespeare-char',
  shape: shapeOf(SHAKESPEARE),
  prepare: () => prepare(SHAKESPEARE),
};

/** The smallest model that learns something worth reading. */
export const shakespeareCases: BenchCase[] = [
  againstPeer(shakespeareSubject),
  shareCase('training step shakespeare-char, share', SHAKESPEARE),
];

/** The smallest GPT-2. */
export const gpt2Cases: BenchCase[] = [shareCase('training step gpt2 124M', GPT2)];

/** What a step holds at its fullest: WebAssembly's memory grows and never shrinks. */
export const peakMemoryCases: BenchCase[] = (['plan', 'bar'] as const).map((against) => ({
  name: `peak memory gpt2 124M, against its ${against}`,
  shape: shapeOf(LARGEST),
  async measure({ hooks }) {
    const plan = memoryPlan(configOf(LARGEST), LARGEST, 2 ** 32);
    if (hooks.heapBytes() < plan.parameters) {
      // else the other row has run the step, and memory never shrinks
      printNote(`memory plan  ${describePlan(plan)}`);
      using subject = prepare(LARGEST);
      await subject.run();
    }
    const value = hooks.heapBytes() / 2 ** 30;
    const allowed = against === 'plan' ? plan.total / 2 ** 30 : BAR_GIB;
    return { value, unit: 'GiB', against: `${against} ${allowed.toFixed(2)} GiB`, ratio: allowed / value };
  },
}));

function shareCase(name: string, step: Step): BenchCase {
  return {
    name,
    shape: shapeOf(step),
    async measure(bench) {
      using subject = prepare(step);
      return await shareOfCeiling(subject, trainingFlops(configOf(step), step), bench);
    },
  };
}

function prepare(step: Step): Subject {
  const { batchSize, seqLen, nVocab } = step;
  const model = GPT.random(configOf(step));
  const parameters = [...model.parameters.values()];
  const recipe = settingsOf(recipeFor(step.preset), step.preset);
  const optimizer = new Optimizer(model.parameters, recipe);
  const tokens = ids(batchSize * seqLen + 1, nVocab);
  const batch = { inputs: tokens.slice(0, -1), targets: tokens.slice(1), batchSize };
  let updates = 0;
  return {
    async run() {
      const { value, grads } = valueAndGrads(() => model.loss(batch).loss, parameters);
      await value.data();
      await optimizer.update(grads, ++updates, recipe.learningRate);
      dispose([value, ...grads]);
    },
    [Symbol.dispose]() {
      optimizer[Symbol.dispose]();
      model[Symbol.dispose]();
    },
  };
}
