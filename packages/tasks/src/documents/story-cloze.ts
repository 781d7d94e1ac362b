/**
 * The Story Cloze Test: which of two sentences ends a story of four?
 *
 * @see Mostafazadeh et al. 2016, A corpus and cloze evaluation for deeper understanding of commonsense stories; CSV with a header,
 * in the spring 2016 release `cloze_test_val__spring2016 - cloze_test_ALL_val.csv` and its test file. GPT-1 learns from the first.
 */
import type { MultipleChoiceExample } from '../example.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { csvRows } from '../reading/table.js';

const SENTENCES = ['InputSentence1', 'InputSentence2', 'InputSentence3', 'InputSentence4'];
const ENDINGS = ['RandomFifthSentenceQuiz1', 'RandomFifthSentenceQuiz2'];
const RIGHT = 'AnswerRightEnding';

/** Reads the validation or test file: the context is the four sentences with a space between them, as in GPT-1's code. */
export const readStoryCloze: Reader<MultipleChoiceExample> = rowReader(
  (text, file) => csvRows(text, file, [...SENTENCES, ...ENDINGS, RIGHT]),
  (row) => ({
    form: 'multiple-choice',
    context: SENTENCES.map((sentence) => row.text(sentence)).join(' '),
    options: ENDINGS.map((ending) => row.text(ending)),
    label: row.oneOf(RIGHT, ['1', '2']),
    source: row.source,
  }),
);
