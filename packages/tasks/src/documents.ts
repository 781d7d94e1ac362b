/** Readers of evaluation sets: from the files of their releases to documents, one for each item. */
export { readArc } from './documents/arc.js';
export { type CbtDocument, readCbt } from './documents/cbt.js';
export {
  type QaDocument,
  readNaturalQuestions,
  readTriviaqa,
  readWebQuestions,
  type TriviaqaDocument,
} from './documents/closed-book-qa.js';
export { readPiqa, readSocialIqa } from './documents/commonsense.js';
export { readCoqa } from './documents/coqa.js';
export { type DropDocument, readDrop } from './documents/drop.js';
export type { GapDocument } from './documents/gap.js';
export { type HellaswagDocument, readHellaswag } from './documents/hellaswag.js';
export { type LambadaDocument, readLambada } from './documents/lambada.js';
export { type MultircDocument, readMultirc } from './documents/multirc.js';
export {
  entailmentClasses,
  nliClasses,
  readAnli,
  readNli,
  readQnli,
  readScitail,
} from './documents/nli.js';
export { type PlainTextDocument, readTextLines, readTexts } from './documents/plain-text.js';
export { type RaceDocument, readRacePassages } from './documents/race.js';
export type { InTurn, PassageDocument, Turn } from './documents/reading-comprehension.js';
export { type RecordDocument, readRecord } from './documents/record.js';
export { readQqp, readSickRelatedness, readStsb, type ScoredPair } from './documents/sentence-pairs.js';
export { type QuacDocument, readQuac, readSquad } from './documents/squad.js';
export { readStoryCloze } from './documents/story-cloze.js';
export { readScitldr, readStories, readXsum, type SummaryDocument } from './documents/summarization.js';
export {
  type BoolqDocument,
  type CopaDocument,
  readBoolq,
  readCb,
  readSuperGlueCopa,
  readSuperGlueRte,
  readWic,
  type WicDocument,
} from './documents/super-glue.js';
export { readSynthetic, type SyntheticDocument } from './documents/synthetic.js';
export { readTranslation, type TranslationDocument } from './documents/translation.js';
export {
  type Gender,
  type OccupationDocument,
  readOccupations,
  readWinogender,
  readWinogenderTemplates,
  type WinogenderDocument,
  type WinogenderTemplate,
} from './documents/winogender.js';
export { readWinograd, type WinogradDocument } from './documents/winograd.js';
export { readWinogrande } from './documents/winogrande.js';
export { readWsc, type WscDocument } from './documents/wsc.js';
export type { TaskDocument } from './evaluation/task.js';
export type { OnBadRow } from './reading/read-rows.js';
export type { Reader } from './reading/reader.js';
export type { TextFile } from './sets/task-set.js';
