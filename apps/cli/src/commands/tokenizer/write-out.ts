import { once } from 'node:events';

/** Writes to stdout and waits where the reader is slower: output of any size needs little memory. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
