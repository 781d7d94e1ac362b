/** The text that `tooling/fine-tuning.mjs` pre-trains on: what there is of books, stories, articles and passages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} data - Folder of the data sets.
 * @returns {string} Documents, separated by `<|endoftext|>`.
 */
export function pretrainingText(data) {
  const read = (path) => readFileSync(join(data, path), 'utf8');
  const novels = readdirSync(join(data, 'lm-gutenberg-novels')).filter((name) => name.endsWith('.txt'));
  const documents = [
    ...novels.map((name) => unwrapped(body(read(`lm-gutenberg-novels/${name}`)))),
    ...read('lm-tinystories/tinystories.txt').split('<|endoftext|>'),
    wiki(read('lm-wikitext2/valid.txt')),
    ...read('eval-lambada/lambada_development_plain_text.txt').split('\n'),
  ];
  return documents
    .map((document) => document.trim())
    .filter((document) => document !== '')
    .join('\n<|endoftext|>\n');
}

/** Without Project Gutenberg's head and foot. */
function body(text) {
  return text.replace(/^[^]*?\*\*\* ?START OF[^\n]*\n/, '').replace(/\*\*\* ?END OF[^]*$/, '');
}

/** Paragraphs on one line each. */
function unwrapped(text) {
  return text.replace(/\r/g, '').replace(/([^\n])\n(?=[^\n])/g, '$1 ').replace(/\n{2,}/g, '\n');
}

/** WikiText's marks for hyphens and numbers, as they were written. */
function wiki(text) {
  return text.replace(/ @([-,.])@ /g, '$1').replace(/ = +/g, ' ').replace(/^ +| +$/gm, '');
}
