/** The texts of `gpt generate` as their events arrive, so that an interrupted run shows what there is. */
import type { Ending, GenerateEvent, TokenLogProb } from '@gpt-ts/model';

/** One text; in the JSON as it stands here. */
export interface GeneratedText {
  /** The text that it continues. */
  prompt: string;
  /** Which of its prompt's texts, from 0. */
  sample: number;
  text: string;
  ids: number[];
  /** log p of each id, in nats, before temperature and filters. */
  logProbs: number[];
  /** With `--log-probs`: the likeliest ids at each place, best first. */
  top?: TokenLogProb[][];
  reason: Ending['reason'] | 'aborted';
  stop?: Ending['stop'];
}

/** Texts in the order of prompts, then samples. */
export class GeneratedTexts {
  readonly texts: readonly GeneratedText[];
  readonly #samples: number;

  constructor(prompts: readonly string[], samples: number) {
    this.#samples = samples;
    this.texts = prompts.flatMap((prompt) =>
      Array.from({ length: samples }, (_, sample) => ({
        ...{ prompt, sample, text: '', ids: [], logProbs: [], reason: 'aborted' as const },
      })),
    );
  }

  /** Takes an event in, and gives the text it adds. */
  add(event: GenerateEvent): string {
    const written = this.texts[event.prompt * this.#samples + event.sample];
    const text = event.text ?? '';
    if (event.type === 'token') {
      written.ids.push(event.id);
      written.logProbs.push(event.logProb);
      if (event.top) (written.top ??= []).push(event.top);
      written.text += text;
      return text;
    }
    const added = text.slice(written.text.length);
    Object.assign(written, { text, reason: event.reason, stop: event.stop });
    return added;
  }
}
