/** Where there is nothing to read, or nothing that should be learned from. */

/**
 * Hosts of pictures, films, sound and short posts, and Reddit itself. None of their names is among the 1,000 most frequent
 * ones of WebText that OpenAI published (`domains.txt` in openai/gpt-2).
 */
export const DEFAULT_BLOCKED_DOMAINS: readonly string[] = [
  'reddit.com',
  'redd.it',
  'imgur.com',
  'min.us',
  'flickr.com',
  'instagram.com',
  'gfycat.com',
  'giphy.com',
  'quickmeme.com',
  'qkme.me',
  'youtube.com',
  'youtu.be',
  'vimeo.com',
  'liveleak.com',
  'streamable.com',
  'soundcloud.com',
  'spotify.com',
  'twitter.com',
  'facebook.com',
];

/** Removed whole, because evaluation sets are made of it (GPT-2 section 2.1). */
export const WIKIPEDIA: readonly string[] = ['wikipedia.org', 'wikimedia.org', 'wikiwand.com'];

const MEDIA =
  /\.(jpe?g|png|gifv?|webp|bmp|svg|tiff?|ico|mp[34]|m4[av]|webm|mov|avi|flv|mkv|wav|ogg|flac|pdf|ps|docx?|xlsx?|pptx?|zip|gz|rar|7z|exe|dmg|iso|swf|torrent)$/i;

/** Whether a host is one of the domains or below one. `domains` are lower-case. */
export function isUnder(host: string, domains: ReadonlySet<string>): boolean {
  for (let at = 0; ; ) {
    if (domains.has(host.slice(at))) return true;
    const dot = host.indexOf('.', at);
    if (dot < 0) return false;
    at = dot + 1;
  }
}

/** Whether an address ends like a file that is no page. */
export function isMedia(url: string): boolean {
  return MEDIA.test(new URL(url).pathname);
}
