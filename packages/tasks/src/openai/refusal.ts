/** What a server says of itself, made fit for a message. */

const LONGEST = 200;

/**
 * Why a server refuses: the `message` of an error in OpenAI's form, or in one of the forms that other servers use.
 *
 * @returns Undefined where the server said nothing that is meant for readers, such as a page of HTML.
 */
export function refusalOf(body: string): string | undefined {
  const text = messageIn(parse(body)) ?? (/^\s*[<{[]/.test(body) ? '' : body);
  return text.trim() === '' ? undefined : text;
}

/** A text from outside as a message may hold it: one short line, without control characters. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not obey a server
  const line = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}...`;
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { error, message, detail } = value as Record<string, unknown>;
  const found = [message, detail].find((each) => typeof each === 'string');
  return typeof found === 'string' ? found : messageIn(error);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // then it is the text itself
  }
}
