import { GptError } from '@gpt-ts/core';
import { describePlan, type MemoryPlan } from '../memory-plan.js';

/** Training would need more memory than there is. Nothing was allocated. */
export class MemoryPlanError extends GptError {
  readonly plan: MemoryPlan;
  readonly batchSize: number;
  readonly nCtx: number;

  constructor(facts: {
    nCtx: number;
    batchSize: number;
    plan: MemoryPlan;
    hint: string;
  }) {
    const { nCtx, batchSize, plan, hint } = facts;
    super('memory-plan', {
      message: `batches of ${batchSize} x ${nCtx} tokens need more memory than there is, ${describePlan(plan)}.`,
      hint,
    });
    this.plan = plan;
    this.batchSize = batchSize;
    this.nCtx = nCtx;
  }
}
