/** Why someone feels something: the cause as a clause. */
import type { Person } from '../story-world/person.js';
import type { Deed } from './event.js';
import { statements } from './statements.js';

/**
 * What finishes "Mia was sad because": "she lost the kite at the lake". Always in the first plain wording.
 *
 * @param who - Who feels it, and is "she" in the clause.
 */
export function causeOf(cause: Deed, who: Person): string {
  if (cause.type === 'storm') return 'there was a storm';
  const [plain] = statements(cause);
  return plain
    .replace(/\{([^|{}]*)(\|[^{}]*)?\}/g, '$1')
    .replace(`^${who}`, who.he)
    .replace('^', '')
    .replaceAll(`${who}'s`, who.his)
    .replaceAll(new RegExp(`\\b${who}\\b`, 'g'), who.him);
}
