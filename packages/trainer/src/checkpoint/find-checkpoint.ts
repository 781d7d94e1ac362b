import { isGptError, type Storage } from '@gpt-ts/core';
import { stepOfName } from './checkpoint-name.js';
import { type OpenCheckpoint, openCheckpoint } from './open-checkpoint.js';

/** A file that cannot be used, or not removed, and why. */
export interface FileTrouble {
  file: string;
  reason: string;
}

/** What {@link findCheckpoint} finds. */
export interface FoundCheckpoint {
  /** The newest whole one; the caller disposes it. Nothing when there is none. */
  checkpoint: OpenCheckpoint | undefined;
  /** Newer ones that are not whole, newest first. */
  skipped: FileTrouble[];
}

/**
 * Finds the newest checkpoint that is whole. It only reads: what is damaged stays where it is.
 *
 * @throws What the storage throws when it cannot list its names.
 */
export async function findCheckpoint(storage: Storage): Promise<FoundCheckpoint> {
  const skipped: FileTrouble[] = [];
  const names = (await storage.list()).filter((name) => stepOfName(name) !== undefined);
  for (const file of names.sort((a, b) => stepOfName(b)! - stepOfName(a)!)) {
    try {
      return { checkpoint: await openCheckpoint(storage, file), skipped };
    } catch (error) {
      if (!isGptError(error)) throw error;
      const named = `${file}: `;
      const { message } = error;
      skipped.push({ file, reason: message.startsWith(named) ? message.slice(named.length) : message });
    }
  }
  return { checkpoint: undefined, skipped };
}
