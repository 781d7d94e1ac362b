import { escapeHtml } from './html.js';

const MOST_ROWS = 300;
const MOST_DEPTH = 6;
const MOST_CHARACTERS = 400; // of a value

/** Settings of any form as rows of a table: `model.nLayer`, `12`. */
export function factRows(facts: object): [name: string, value: string][] {
  const rows: [string, string][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (rows.length >= MOST_ROWS || value === undefined) return;
    if (typeof value === 'object' && value !== null && !isFlat(value) && path.length < MOST_DEPTH) {
      for (const [key, each] of Object.entries(value)) walk(each, [...path, key]);
    } else rows.push([path.join('.'), shown(value)]);
  };
  for (const [key, value] of Object.entries(facts)) walk(value, [key]);
  return rows;
}

/** Those rows as HTML. */
export function factTable(facts: object): string {
  const rows = factRows(facts).map(
    ([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return rows.length === 0 ? '' : `<dl class="facts">${rows.join('')}</dl>`;
}

/** A list that reads well in one line. */
function isFlat(value: object): boolean {
  return Array.isArray(value) && value.every((each) => typeof each !== 'object' || each === null);
}

function shown(value: unknown): string {
  const text =
    Array.isArray(value) && isFlat(value)
      ? value.join(', ')
      : typeof value === 'string'
        ? value
        : json(value);
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)} …`;
}

const json = (value: unknown): string => JSON.stringify(value) ?? String(value);
