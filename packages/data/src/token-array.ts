/** Token ids as they come from a tokenizer: one machine word each, and views of them cost nothing. */
export type TokenArray = Int32Array | Uint16Array;
