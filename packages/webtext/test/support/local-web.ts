/** A web of our own on one port of this machine: every name leads to it, and a table says what each one does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Network } from '../../src/index.js';

export type Site = (request: IncomingMessage, response: ServerResponse) => void;

export interface LocalWeb extends AsyncDisposable {
  port: number;
  /** Every name is this machine; nothing else may be asked. */
  network: Network;
  /** What was asked for, as `host/path`. */
  asked: string[];
  /** Most requests at one time, by host. */
  atOnce: Map<string, number>;
}

/** Starts it. @param sites - By host; `undefined` for a host is 404. */
export async function startLocalWeb(sites: (host: string) => Site | undefined): Promise<LocalWeb> {
  const asked: string[] = [];
  const atOnce = new Map<string, number>();
  const open = new Map<string, number>();
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').split(':')[0];
    asked.push(`${host}${request.url}`);
    open.set(host, (open.get(host) ?? 0) + 1);
    atOnce.set(host, Math.max(atOnce.get(host) ?? 0, open.get(host)!));
    response.on('close', () => open.set(host, open.get(host)! - 1));
    response.on('error', () => {});
    const site = sites(host);
    if (site) site(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    atOnce,
    network: {
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      isAllowed: (address) => address === '127.0.0.1',
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A site with these pages and no rules. */
export function pagesSite(pages: Record<string, Site>): Site {
  return (request, response) => {
    const page = pages[request.url ?? ''];
    if (page) page(request, response);
    else response.writeHead(404).end();
  };
}

/** A page of HTML. */
export const html =
  (content: string | Uint8Array, headers: Record<string, string> = {}): Site =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(content);
