/** A pipeline: stages one after the other in a run folder, each reading what the one before has kept. */
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { hashInputs, partsOf } from './input-files.js';
import { lockFolder } from './lock-folder.js';
import type { Manifest } from './manifest.js';
import { runStage } from './run-stage.js';
import type { Stage, StageEvent } from './stage.js';

/** Where a pipeline runs and who watches. */
export interface RunPipelineOptions {
  /** The run folder. Each stage has a folder of its name in it. */
  folder: string;
  /** Files for the first stage. */
  inputs: readonly string[];
  signal?: AbortSignal;
  onEvent?(event: StageEvent): void;
}

/**
 * Runs every stage that has not been run with these options on these inputs. Call it again after a crash, or with other
 * options: it does what is left to do.
 *
 * @returns the stages' manifests, in order.
 * @throws {@link InvalidFileError} when another process is at work in the folder.
 */
export async function runPipeline(
  stages: readonly Stage[],
  options: RunPipelineOptions,
): Promise<Manifest[]> {
  const { folder, signal, onEvent } = options;
  assertNames(stages);
  await using _lock = await lockFolder(folder);
  let inputs = await hashInputs(options.inputs, folder, signal);
  const manifests: Manifest[] = [];
  for (const stage of stages) {
    const own = join(folder, stage.name);
    const manifest = await runStage(stage, { folder: own, inputs, signal, onEvent });
    inputs = await partsOf(own, manifest);
    manifests.push(manifest);
  }
  return manifests;
}

function assertNames(stages: readonly Stage[]): void {
  const names = new Set<string>();
  for (const { name } of stages) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || names.has(name)) {
      const expected = 'lower-case letters, digits and hyphens, no name twice';
      throw new InvalidArgumentError({ argument: 'stage.name', expected, received: name });
    }
    names.add(name);
  }
}
