/** Tells a scene in plain sentences. */
import type { WorldEvent } from '../event.js';
import { Narrator } from '../narrator.js';
import type { Page } from '../page.js';
import type { Scene } from '../scene.js';

/** Tells the events of a scene but for the feelings, until `end`. Returns those that are told. */
export function tellScene(page: Page, { world }: Scene, end: number = world.events.length): WorldEvent[] {
  const narrator = new Narrator(world, page);
  const told: WorldEvent[] = [];
  for (const event of world.events.slice(0, end)) {
    if (event.type === 'feel') narrator.pass(event);
    else {
      narrator.tell(event);
      told.push(event);
    }
  }
  return told;
}
