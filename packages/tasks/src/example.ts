/** Labelled examples as text: what a data set holds before a tokenizer sees it (GPT-1 section 3.3). */

/** Where an example came from, for messages. */
export interface ExampleSource {
  /** As the caller named it. */
  readonly file: string;
  /**
   * The line of the file, from 1, on which the example starts; in a JSON or XML file the number of the passage or item,
   * from 1. Questions about one passage share it.
   */
  readonly row: number;
}

interface Labelled {
  /** Index of the right class or option. Class names belong to the set, not to the example. */
  readonly label: number;
  readonly source: ExampleSource;
}

/** A text to classify. */
export interface ClassificationExample extends Labelled {
  readonly form: 'classification';
  readonly text: string;
}

/** A premise, and a hypothesis that it may entail. */
export interface EntailmentExample extends Labelled {
  readonly form: 'entailment';
  readonly premise: string;
  readonly hypothesis: string;
}

/** Two texts without an order of their own. */
export interface SimilarityExample extends Labelled {
  readonly form: 'similarity';
  readonly a: string;
  readonly b: string;
}

/** A context, maybe a question about it, and possible continuations or answers. `label` is the right one's index. */
export interface MultipleChoiceExample extends Labelled {
  readonly form: 'multiple-choice';
  readonly context: string;
  readonly question?: string;
  readonly options: readonly string[];
}

interface Forms {
  classification: ClassificationExample;
  entailment: EntailmentExample;
  similarity: SimilarityExample;
  'multiple-choice': MultipleChoiceExample;
}

/** The forms of GPT-1's Figure 1. */
export type ExampleForm = keyof Forms;

/** The examples of one form. */
export type ExampleOf<F extends ExampleForm> = Forms[F];

/** An example of any form; `form` tells which. */
export type Example = ExampleOf<ExampleForm>;

/** An example without its label and source. */
export type ExampleContent = { [F in ExampleForm]: Omit<ExampleOf<F>, 'label' | 'source'> }[ExampleForm];
