import { InvalidArgumentError } from '@gpt-ts/core';
import { readTranslation, type TranslationDocument } from '../../documents/translation.js';
import type { Reader } from '../../reading/reader.js';
import type { TextFile } from '../../sets/task-set.js';

/** A language, by its names in files: `newstest2014.fr`, `fra_Latn.dev`. */
export interface Language {
  readonly name: string;
  /** Of ISO 639-1. */
  readonly code: string;
  /** Of FLORES-200. */
  readonly flores: string;
}

/** The names that a task looks for. */
export function filesOf({ code, flores }: Language): string[] {
  return [`newstest*.${code}`, `${flores}.dev`];
}

/** Reads one or more pairs of files that tell their language by name, in any order; two others are taken as they come. */
export function parallelReader(from: Language, to: Language): Reader<TranslationDocument> {
  return (files, onBadRow) => {
    const [sources, targets] = [from, to].map((language) => files.filter((file) => isIn(file, language)));
    if (sources.length === 0 && targets.length === 0) return readTranslation(files, onBadRow);
    if (sources.length !== targets.length || 2 * sources.length !== files.length) {
      const expected = `as many in ${from.name} (.${from.code}, ${from.flores}) as in ${to.name} (.${to.code}, ${to.flores})`;
      throw new InvalidArgumentError({
        argument: 'files',
        expected,
        received: files.map(({ name }) => name),
      });
    }
    return sources.flatMap((file, i) => readTranslation([file, targets[i]], onBadRow));
  };
}

function isIn({ name }: TextFile, { code, flores }: Language): boolean {
  return name.endsWith(`.${code}`) || name.startsWith(`${flores}.`);
}
