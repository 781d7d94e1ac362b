/** The files of a model that was fine-tuned: those of the model, and `head.safetensors` for what was put on it. */
import {
  decodeSafetensors,
  encodeSafetensors,
  InvalidFileError,
  type PlainTensor,
  type Storage,
} from '@gpt-ts/core';
import { type TaskForm, TaskModel } from './task-model.js';
import { loadModel } from './weights/load-model.js';
import { saveModel } from './weights/save-model.js';

/** Name of the head's file. */
export const HEAD_FILE = 'head.safetensors';
const FORMAT = 'gpt-ts head 1';
const FORMS: readonly TaskForm[] = ['classification', 'similarity', 'multiple-choice'];
const MAX_BYTES = 2 ** 28; // 1,000 classes on the widest GPT take 50 MB

/** Writes a model and its head. `config.json` comes last: where it is, everything is. */
export async function saveTaskModel(model: TaskModel, storage: Storage): Promise<void> {
  const { form, clfPdrop } = model.head;
  const tensors = new Map<string, PlainTensor>();
  for (const name of ['clf.weight', 'clf.bias']) {
    const parameter = model.parameters.get(name)!;
    tensors.set(name, { shape: parameter.shape, data: (await parameter.data()) as Float32Array });
  }
  const metadata = new Map([
    ['format', FORMAT],
    ['form', form],
    ['clf_pdrop', `${clfPdrop}`],
  ]);
  await storage.write(HEAD_FILE, encodeSafetensors(tensors, metadata));
  await saveModel(model.gpt, storage);
}

/**
 * Reads what {@link saveTaskModel} wrote.
 *
 * @throws InvalidFileError when the head is missing, damaged, or of another model.
 */
export async function loadTaskModel(storage: Storage): Promise<TaskModel> {
  const fail = (problem: string, field?: string): never => {
    throw new InvalidFileError({ file: HEAD_FILE, field, problem });
  };
  const bytes = await storage.read(HEAD_FILE, { maxBytes: MAX_BYTES });
  if (bytes === undefined) return fail('is missing: the model has not been fine-tuned');
  const { tensors, metadata } = decodeSafetensors(bytes, HEAD_FILE);
  if (metadata.get('format') !== FORMAT) fail(`expected "${FORMAT}"`, 'format');
  const form =
    FORMS.find((each) => each === metadata.get('form')) ??
    fail(`expected one of ${FORMS.join(', ')}`, 'form');
  const clfPdrop = Number(metadata.get('clf_pdrop'));
  if (!(clfPdrop >= 0 && clfPdrop < 1)) fail('expected a number in [0, 1)', 'clf_pdrop');
  const [weight, bias] = ['clf.weight', 'clf.bias'].map(
    (name) => tensors.get(name) ?? fail('is missing', name),
  );
  const gpt = await loadModel(storage);
  try {
    const nClasses = bias.data.length;
    if (weight.shape.length !== 2 || weight.shape[0] !== gpt.config.nEmbd || weight.shape[1] !== nClasses) {
      fail(`expected [${gpt.config.nEmbd}, ${nClasses}], got [${weight.shape.join(', ')}]`, 'clf.weight');
    }
    const values = new Map([
      ['clf.weight', weight.data as Float32Array],
      ['clf.bias', bias.data as Float32Array],
    ]);
    return new TaskModel(gpt, { form, nClasses, clfPdrop }, values);
  } catch (error) {
    gpt[Symbol.dispose]();
    throw error;
  }
}
