import { InvalidFileError } from '@gpt-ts/core';

/** What the system said about a file that it could not read, as an error for people. */
export function unreadable(file: string, error: unknown): InvalidFileError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const problems = new Map([
    ['ENOENT', 'does not exist'],
    ['ENOTDIR', 'does not exist'],
    ['EISDIR', 'is a folder, not a text file'],
    ['EACCES', 'may not be read by this user'],
  ]);
  const problem = problems.get(code) ?? `cannot be read (${code})`;
  return new InvalidFileError({ file, problem, cause: error });
}
