/**
 * A copy of a string that shares no memory with the text it was cut from.
 *
 * V8 keeps a slice of 13 or more characters as a pointer into its parent, so a small key in a long-lived map
 * could keep a whole document alive.
 */
export function detach(slice: string): string {
  return slice.length < 13 ? slice : ` ${slice}`.slice(1); // now the parent is the slice and a space
}
