/** Data from outside, read by a schema: what is wrong with it is said in our words, a misspelt field by its likely name. */
import { InvalidConfigError } from '@gpt-ts/core';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/**
 * Checks a value by a schema.
 *
 * @param source - What to call it in the error: a file name, or what it is.
 * @throws InvalidConfigError about the first thing wrong: the field, what it must be, what it is.
 */
export function checkSchema<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = (path: PropertyKey[]) =>
    path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], value);
  if (issue.code !== 'unrecognized_keys') {
    const field = issue.path.map(String).join('.') || 'the whole';
    throw new InvalidConfigError({ source, field, expected: expectation(issue), received: at(issue.path) });
  }
  const [key] = issue.keys;
  const near = closest(key, fieldsAt(schema, issue.path));
  throw new InvalidConfigError({
    source,
    field: [...issue.path, key].map(String).join('.'),
    expected: 'left out: there is no such field',
    received: at([...issue.path, key]),
    hint: distance(key.toLowerCase(), near.toLowerCase()) <= 3 ? `Did you mean ${near}?` : undefined,
  });
}

/** What a value must be, to follow "must be". */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return TYPES[issue.expected] ?? `of type ${issue.expected}`;
    default:
      return issue.message;
  }
}

const TYPES: Record<string, string> = {
  int: 'a whole number',
  number: 'a finite number',
  boolean: 'true or false',
  string: 'text',
  array: 'a list',
  object: 'an object',
};

/** The names of the fields that an object at that place may have. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let type: z.core.$ZodType = schema;
  for (const key of path) {
    type = bare(type);
    if (type instanceof z.ZodArray) type = type.element;
    else if (type instanceof z.ZodObject) type = type.shape[key as string];
  }
  type = bare(type);
  return type instanceof z.ZodObject ? Object.keys(type.shape) : [];
}

const bare = (type: z.core.$ZodType): z.core.$ZodType =>
  type instanceof z.ZodOptional ? bare(type.unwrap()) : type;
