/**
 * The root of every error that gpt-ts throws on purpose.
 *
 * A message has up to three parts: what was expected, what came, and what to do. The facts are also fields, so
 * a program never has to parse the sentence. Recognise one with {@link isGptError}, which also works when two
 * copies of this package are loaded.
 */
const marker = Symbol.for('gpt-ts.error');

/** What an error is built from. */
export interface ErrorFacts {
  /** One sentence: what is wrong, with the offending value in it. */
  message: string;
  /** What the reader can do about it. */
  hint?: string;
  /** The error underneath, if any. */
  cause?: unknown;
}

/** An error with a stable `code` for programs and a `hint` for people. */
export class GptError extends Error {
  /** Stable, machine-readable kind, such as `'invalid-config'`. */
  readonly code: string;
  /** What the reader can do about it. */
  readonly hint: string | undefined;

  constructor(code: string, facts: ErrorFacts) {
    super(facts.hint === undefined ? facts.message : `${facts.message} ${facts.hint}`, {
      cause: facts.cause,
    });
    this.name = new.target.name;
    this.code = code;
    this.hint = facts.hint;
    Object.defineProperty(this, marker, { value: true });
  }
}

/**
 * True for any error of a gpt-ts package.
 *
 * @example
 * isGptError(new Error('other')); // => false
 */
export function isGptError(error: unknown): error is GptError {
  return error instanceof Error && marker in error;
}

/** Shows a value in a message: short, quoted where it is text, never a whole file. */
export function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : `${value}`;
  const text = typeof value === 'function' ? 'a function' : (json(value) ?? String(value));
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // a cycle or a bigint inside: no reason to hide the error being reported
  }
}
