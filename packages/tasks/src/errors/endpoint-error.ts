import { GptError } from '@gpt-ts/core';

/** What went wrong with an endpoint. */
export type EndpointErrorCode =
  /** No connection, one that broke, or a redirect, which is not followed. */
  | 'endpoint-unreachable'
  /** No whole answer in time. */
  | 'endpoint-timeout'
  /** The server answered, but not with success: `status` says how. */
  | 'endpoint-status'
  /** The answer is not what the completions API says it is. */
  | 'endpoint-answer'
  /** The server cannot do what is needed of it, such as scoring a prompt. */
  | 'endpoint-feature';

/** A served model did not answer as it should. Neither message nor fields hold the key or a part of the address that may be secret. */
export class EndpointError extends GptError {
  declare readonly code: EndpointErrorCode;
  /** Without user name, password, query and fragment. */
  readonly url: string;
  /** HTTP status of the last answer, where there was one. */
  readonly status: number | undefined;

  constructor(facts: {
    code: EndpointErrorCode;
    url: string;
    status?: number;
    problem: string;
    hint?: string;
  }) {
    const { code, url, status, problem, hint } = facts;
    super(code, { message: `${url}: ${problem}.`, hint });
    this.url = url;
    this.status = status;
  }
}
