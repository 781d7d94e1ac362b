/** One text being written: its ids, its draws, its words, and when it is over. */
import { type Random, TextStream } from '@gpt-ts/core';
import { endsWith } from './ends-with.js';
import type { GenerateOptions } from './generate.js';
import type { SampleOptions } from './sample.js';
import { StopStrings } from './stop-strings.js';

/** Why a text is over. */
export interface Ending {
  /** `length`: `maxNewTokens` are written; `eot`: the last id is `eotId`; `stop`: a stop sequence or string is complete. */
  reason: 'length' | 'eot' | 'stop';
  /** What was complete, when the reason is `stop`. */
  stop?: readonly number[] | string;
}

/** How one text is written; others beside it may be written otherwise. */
export interface WritingOptions
  extends SampleOptions,
    Pick<GenerateOptions, 'maxNewTokens' | 'eotId' | 'stop' | 'stopStrings' | 'decode'> {}

/** A text that grows. */
export class WrittenText {
  readonly prompt: number;
  readonly sample: number;
  /** The new ids. */
  readonly ids: number[] = [];
  /** Where its draws come from. */
  readonly random: Random;
  readonly options: WritingOptions;
  /** The text of the ids as far as it is certain; whole once {@link finish} was called. */
  text = '';
  readonly #stream: TextStream | undefined;
  readonly #stops: StopStrings;

  /** @param before - The id that its first word is parted from; see `seamOf`. */
  constructor(prompt: number, sample: number, random: Random, options: WritingOptions, before?: number) {
    this.prompt = prompt;
    this.sample = sample;
    this.random = random;
    this.options = options;
    this.#stream = options.decode && new TextStream(options.decode, before);
    this.#stops = new StopStrings(options.stopStrings ?? []);
  }

  /** Appends an id: the text that has become certain with it, and whether it was the last. */
  push(id: number): { text: string; ending?: Ending } {
    const { maxNewTokens, eotId, stop = [] } = this.options;
    this.ids.push(id);
    if (id === eotId) return { text: '', ending: { reason: 'eot' } };
    const { text, met } = this.#stops.push(this.#stream?.push(id) ?? '');
    this.text += text;
    const sequence = stop.find((each) => endsWith(this.ids, each));
    if (met !== undefined) return { text, ending: { reason: 'stop', stop: met } };
    if (sequence) return { text, ending: { reason: 'stop', stop: sequence } };
    return this.ids.length < maxNewTokens ? { text } : { text, ending: { reason: 'length' } };
  }

  /** Adds what was held back, unless a stop string ended the text. */
  finish({ stop }: Ending): void {
    if (typeof stop === 'string') return;
    const { text, met } = this.#stops.push(this.#stream?.end() ?? '');
    this.text += met === undefined ? text + this.#stops.end() : text;
  }
}
