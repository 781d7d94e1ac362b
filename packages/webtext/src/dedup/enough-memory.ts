import { InvalidArgumentError } from '@gpt-ts/core';

/** The result of joins. @throws {@link InvalidArgumentError} when DuckDB had too little memory for them. */
export async function enoughMemory<T>(memoryBytes: number, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Out of Memory Error'))) throw error;
    const hint = 'What is done stays done: run it again with more.';
    const expected = 'more, for joins of this size';
    throw new InvalidArgumentError({ argument: 'memoryBytes', expected, received: memoryBytes, hint });
  }
}
