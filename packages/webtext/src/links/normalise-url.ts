/**
 * Two spellings of one address as one.
 *
 * Done to the address that is fetched: lower-case scheme and host, no default port, no user and password, no fragment, no
 * dot after the host, no parameters that only say where a reader came from, no `?` without parameters. What is left of the
 * query keeps its order and its letters: servers may care.
 */

/** A web address. */
export interface WebUrl {
  /** To fetch. */
  url: string;
  /** To compare: without scheme, `www.` and the slash at the end. Addresses that differ in these are one page. */
  key: string;
  /** Lower-case, in ASCII, without a port. */
  host: string;
}

const MAX_LENGTH = 2048;
const TRACKING =
  /^(utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|ncid|cmpid)$/i;

/**
 * Reads an address.
 *
 * @returns `not-http` for another scheme (`mailto:`, `ftp:`), `bad-url` for what is no address or longer than 2,048
 * characters.
 * @example
 * normaliseUrl('HTTP://WWW.Example.com:80/a/?utm_source=x#top');
 * // => { url: 'http://www.example.com/a/', key: 'example.com/a', host: 'www.example.com' }
 */
export function normaliseUrl(text: string): WebUrl | 'not-http' | 'bad-url' {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return 'bad-url';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'not-http';
  const name = url.hostname.replace(/\.+$/, '');
  if (name === '' || (!name.includes('.') && !name.startsWith('['))) return 'bad-url'; // `http://localhost`
  url.hostname = name;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.search = withoutTracking(url.search);
  const { href, host, hostname, pathname, search } = url;
  if (href.length > MAX_LENGTH) return 'bad-url';
  return {
    url: href,
    key: `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`,
    host: hostname,
  };
}

/** Leaves the other parameters as they are spelled. */
function withoutTracking(search: string): string {
  if (search === '') return '';
  const pairs = search.slice(1).split('&');
  const kept = pairs.filter((pair) => pair !== '' && !TRACKING.test(pair.split('=', 1)[0]));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}
