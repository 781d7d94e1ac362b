/**
 * How a family of weight files names, orders, transposes and joins the tensors of a model, as data: what is said here once
 * serves reading and writing.
 */
import type { GPTConfig } from '../../gpt-config.js';

/** Layouts that are read and written. */
export type LayoutName = 'gpt2' | 'openai-gpt' | 'gpt_neo' | 'nanogpt' | 'llm.c' | 'gpt-ts';

/** A tensor of a file, and the part of one of our parameters that it holds. */
export interface FileTensor {
  /** Its name when written. */
  readonly name: string;
  /** Its shape in the file. */
  readonly shape: readonly number[];
  /** Which of our parameters. */
  readonly parameter: string;
  /** Whether it lies out×in, where ours are in×out. */
  readonly transposed?: boolean;
  /** First row of ours that it holds. Default 0. */
  readonly row?: number;
  /** First column of ours that it holds. Default 0. */
  readonly column?: number;
  /** Rows at its end that only fill it up: not read, written as zeros. Default 0. */
  readonly padding?: number;
  /** Whether a file may leave it out: our parameter is zeros there then. */
  readonly optional?: boolean;
  /** A second copy of what another tensor holds, as tied heads have it: written, never read. A file may leave it out. */
  readonly copy?: boolean;
  /** With `copy`: not written. */
  readonly unwritten?: boolean;
}

/** Something that a layout asks of a model. */
export interface Limit {
  readonly field: keyof GPTConfig;
  readonly holds: boolean;
  /** What the field must be. */
  readonly expected: string;
}

/** A layout of files. */
export interface Layout {
  readonly name: LayoutName;
  /** The tensors of a model, in the order in which they are written. */
  tensors(config: GPTConfig): FileTensor[];
  /** What names may begin with or not; taken off in this order. */
  readonly prefixes: readonly string[];
  /** Tensors that are no parameters, such as stored masks, without prefix; `#` stands for a layer. */
  readonly buffers: readonly string[];
  /** What a model must be to be told in this layout. */
  limits(config: GPTConfig): Limit[];
}

/** A layout whose folder has a `config.json`. */
export interface ConfigLayout extends Layout {
  /** Reads `config.json`; `source` goes into errors. Fields that change no number are left alone. */
  readConfig(fields: Readonly<Record<string, unknown>>, source: string): GPTConfig;
  /** The content of `config.json`. */
  writeConfig(config: GPTConfig): Record<string, unknown>;
}
