/** How names become addresses, and which addresses may be asked. */
import { promises as dns, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { FetchProblem } from './fetch-problem.js';
import { isPublicAddress } from './public-address.js';

/** The way to the network. Tests bring their own; everybody else leaves it alone. */
export interface Network {
  /** All addresses of a host. */
  resolve(host: string): Promise<LookupAddress[]>;
  /** Whether a connection to this address may be made. */
  isAllowed(address: string): boolean;
}

/** The system's resolver, and public addresses only. */
export const PUBLIC_NETWORK: Network = {
  resolve: (host) => dns.lookup(host, { all: true, verbatim: true }),
  isAllowed: isPublicAddress,
};

/**
 * Resolves a host and checks every address; one that is not allowed refuses the host. The function that comes back is given
 * to the connection, so that it goes to what was checked: the name is not resolved again.
 *
 * @param host - As in a URL: a name, `1.2.3.4` or `[::1]`.
 * @throws {@link FetchProblem} `private-address` or `unknown-host`.
 */
export async function checkedLookup(host: string, network: Network): Promise<LookupFunction> {
  const addresses = await addressesOf(host.replace(/^\[|\]$/g, ''), network);
  if (addresses.length === 0) throw new FetchProblem('unknown-host', host);
  const refused = addresses.find(({ address }) => !network.isAllowed(address));
  if (refused) throw new FetchProblem('private-address', `${host} is ${refused.address}`);
  return (_host, options: LookupOptions, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  };
}

async function addressesOf(host: string, network: Network): Promise<LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }]; // a connection asks no lookup for these
  try {
    return await network.resolve(host);
  } catch (cause) {
    throw new FetchProblem('unknown-host', host, { cause });
  }
}
