/** A naive Bayes classifier over bags of words: what can be told from single words alone. */
export class NaiveBayes {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #totals = new Map<string, number>();
  readonly #examples = new Map<string, number>();
  readonly #vocabulary = new Set<string>();

  learn(features: readonly string[], label: string): void {
    const counts = this.#counts.get(label) ?? new Map<string, number>();
    this.#counts.set(label, counts);
    for (const feature of features) {
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
      this.#vocabulary.add(feature);
    }
    this.#totals.set(label, (this.#totals.get(label) ?? 0) + features.length);
    this.#examples.set(label, (this.#examples.get(label) ?? 0) + 1);
  }

  /** Log of the joint probability, with one added to every count. */
  score(features: readonly string[], label: string): number {
    const counts = this.#counts.get(label)!;
    const total = this.#totals.get(label)! + this.#vocabulary.size;
    let score = Math.log(this.#examples.get(label)!);
    for (const feature of features) score += Math.log(((counts.get(feature) ?? 0) + 1) / total);
    return score;
  }

  best(features: readonly string[]): string {
    const labels = [...this.#counts.keys()];
    const scores = labels.map((label) => this.score(features, label));
    return labels[scores.indexOf(Math.max(...scores))];
  }
}

/** The different words of a text, each with a mark. */
export function bag(text: string, mark = ''): string[] {
  return [...new Set(text.toLowerCase().match(/[a-z]+/g) ?? [])].map((word) => mark + word);
}
