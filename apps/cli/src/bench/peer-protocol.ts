/** What a benchmark and its peer say to each other. */

/** To the peer: get a subject ready, or run one slice of it. */
export type PeerRequest = { prepare: string } | { slice: true };

/** From the peer: ready, or milliseconds a run. */
export interface PeerReply {
  ms?: number;
}
