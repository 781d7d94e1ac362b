import { GptError } from '@gpt-ts/core';

/** More texts to write side by side than the backend's memory holds. Nothing was allocated. */
export class TooManyTextsError extends GptError {
  readonly texts: number;
  /** Bytes they take: keys and values above all. */
  readonly neededBytes: number;
  /** Bytes there are for them beside the model. */
  readonly availableBytes: number;
  /** How many of them fit. */
  readonly fitting: number;

  constructor(facts: { texts: number; positions: number; bytesPerText: number; availableBytes: number }) {
    const { texts, positions, bytesPerText, availableBytes } = facts;
    const neededBytes = texts * bytesPerText;
    const fitting = Math.floor(availableBytes / bytesPerText);
    const whole = (n: number) => n.toLocaleString('en');
    const show = (bytes: number) =>
      `${(bytes / 1e9).toLocaleString('en', { maximumSignificantDigits: 2 })} GB`;
    const each = `${texts === 1 ? 'a text' : `${whole(texts)} texts side by side`}, ${whole(positions)} positions each,`;
    super('too-many-texts', {
      message: `${each} take ${show(neededBytes)}, but there is room for ${show(availableBytes)}.`,
      hint:
        fitting > 0
          ? `${whole(fitting)} fit: ask for fewer samples, prompts or beams at a time, or for shorter texts.`
          : 'Not even one fits: shorten the prompt, ask for fewer tokens, or use a smaller model.',
    });
    this.texts = texts;
    this.neededBytes = neededBytes;
    this.availableBytes = availableBytes;
    this.fitting = fitting;
  }
}
