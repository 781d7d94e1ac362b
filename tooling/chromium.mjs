/** The Chromium that the browser tests drive: the system's own, so that nothing is downloaded. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Its arguments: works in a container as root, and speaks to nobody. */
export const QUIET = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/**
 * The first of the usual names on the PATH.
 *
 * @param {string} [path] - Folders, as in the environment.
 * @returns {string | undefined}
 */
export function findChromium(path = process.env.PATH ?? '') {
  const files = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return files.find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
