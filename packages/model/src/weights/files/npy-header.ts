import { InvalidFileError, type StoredFile } from '@gpt-ts/core';

const MAGIC = '\x93NUMPY';
const HEADER = /^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,15}),\),? ?\} *\n$/;

/**
 * Where the values of a one-dimensional float32 array of NumPy begin, and how many there are.
 *
 * @throws InvalidFileError when the file is anything else, or has more or fewer bytes than its header asks for.
 * @see NumPy `numpy/lib/format.py`, versions 1.0 to 3.0.
 */
export async function readNpyHeader(
  file: StoredFile,
  name: string,
): Promise<{ begin: number; length: number }> {
  const fail = (problem: string, hint?: string): never => {
    throw new InvalidFileError({ file: name, problem, hint });
  };
  const start = new Uint8Array(Math.min(12, file.size));
  await file.read(0, start);
  if (start.length < 12 || latin1(start.subarray(0, 6)) !== MAGIC) fail('is not an .npy file of NumPy');
  const view = new DataView(start.buffer);
  const [major, minor] = start.subarray(6, 8);
  if (major < 1 || major > 3 || minor !== 0)
    fail(`is of version ${major}.${minor}; 1.0, 2.0 and 3.0 are known`);
  const [at, bytes] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const begin = at + bytes;
  if (begin > file.size)
    fail(`its header ends at byte ${begin}, the file at ${file.size}`, 'The file is cut short.');
  const header = new Uint8Array(Math.min(bytes, 1000)); // NumPy writes 118
  await file.read(at, header);
  const [, count] =
    HEADER.exec(latin1(header)) ??
    fail(
      `its header must say '<f4', C order and one dimension, got ${JSON.stringify(latin1(header.subarray(0, 100)))}`,
    );
  const length = Number(count);
  if (begin + 4 * length !== file.size) {
    fail(`has ${file.size - begin} bytes of data, but its header asks for ${length} numbers of 4 bytes`);
  }
  return { begin, length };
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
