import fc from 'fast-check';

/** Well-formed strings: mostly what tokenizers trip over, sometimes any code points at all. */
export const unicode: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          'a',
          'b',
          'S',
          's',
          't',
          'll',
          're',
          "'",
          ' ',
          '  ',
          '\n',
          '\t',
          '\r\n',
          '\u00a0',
          '\u0085',
          '\ufeff',
        ],
        ...[
          '1',
          '²',
          '٣',
          'é',
          'e\u0301',
          '中',
          '😀',
          '👩\u200d👩',
          '𝔘',
          '\u3000',
          '\u001c',
          '!',
          '__',
          '<|endoftext|>',
        ],
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

/** How many examples a property tries; raise it with GPT_TS_RUNS for a deeper search. */
export const numRuns: number = Number(process.env.GPT_TS_RUNS ?? 200);
