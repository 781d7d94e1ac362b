import { InvalidArgumentError } from '@gpt-ts/core';

/** The error for a part of a text that is no string, such as the bytes of a stream without an encoding. */
export function notText(received: unknown): InvalidArgumentError {
  const expected = 'strings, or streams of strings';
  const hint =
    received instanceof Uint8Array ? "Name the encoding: createReadStream(path, 'utf8')." : undefined;
  return new InvalidArgumentError({ argument: 'text', expected, received, hint });
}
