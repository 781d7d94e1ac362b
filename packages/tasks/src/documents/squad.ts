/**
 * SQuAD, XQuAD and QuAC: articles of Wikipedia, their paragraphs, and questions whose answers are pieces of them.
 *
 * @see Rajpurkar et al. 2016 and 2018, SQuAD and Know what you don't know; Artetxe et al. 2020, On the cross-lingual transferability
 * of monolingual representations; Choi et al. 2018, QuAC: question answering in context; JSON, `data[]`, `paragraphs[]`, `qas[]`.
 */
import { InvalidFileError } from '@gpt-ts/core';
import { isObject, itemRows, listIn, parseJson } from '../reading/json.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { answersIn, distinct, eachTurn, type PassageDocument, type Turn } from './reading-comprehension.js';

/** Reads `dev-v1.1.json`, `dev-v2.0.json` or `xquad.en.json`. A question that `is_impossible` has no answers. */
export const readSquad: Reader<PassageDocument> = rowReader(paragraphRows, (row) => {
  const passage = { title: row.maybe('title'), passage: row.text('context'), source: row.source };
  return eachTurn(passage, row.objects('qas').map(squadTurn));
});

function squadTurn(qa: Row): Turn {
  const isImpossible = qa.fields.has('is_impossible') && qa.oneOf('is_impossible', ['false', 'true']) === 1;
  return { question: qa.text('question'), answers: isImpossible ? [] : answersIn(qa, 'answers') };
}

/** A question in a conversation about a section of an article. */
export interface QuacDocument extends PassageDocument {
  readonly section: string;
  /** How the article begins. */
  readonly background: string;
}

/**
 * Reads `val_v0.2.json`. The original answer comes first, then those of other people; `CANNOTANSWER`, also the last word of each
 * passage, is an answer like any other.
 */
export const readQuac: Reader<QuacDocument> = rowReader(paragraphRows, (row) => {
  const passage = {
    title: row.maybe('title'),
    section: row.maybe('section_title'),
    background: row.maybe('background'),
    passage: row.text('context'),
    source: row.source,
  };
  return eachTurn(passage, row.objects('qas').map(quacTurn));
});

function quacTurn(qa: Row): Turn {
  const original = qa.object('orig_answer').text('text');
  return { question: qa.text('question'), answers: distinct([original, ...answersIn(qa, 'answers')]) };
}

/** The paragraphs of all articles, numbered through the file, each with the fields of its article. */
function* paragraphRows(text: string, file: string): Generator<LazyRow> {
  const paragraphs = listIn(parseJson(text, file), 'data', file).flatMap((article, i) => {
    const field = `data[${i}]`;
    if (!isObject(article)) throw new InvalidFileError({ file, field, problem: 'expected an object' });
    const list = listIn(article, 'paragraphs', file, `${field}.`);
    return list.map((each) => (isObject(each) ? new Map([...article, ...each]) : each));
  });
  yield* itemRows(paragraphs, file);
}
