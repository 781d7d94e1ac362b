/** A race with two ends: the proud one rests and loses, or one falls and the other turns back. */
import { end, meetBoth, thank } from '../beats.js';
import { friends } from '../cast.js';
import type { Person } from '../person.js';
import type { Tale } from '../tale.js';

const goals = ['the old tree', 'the bridge', 'the red barn', 'the end of the field', 'the big rock'];

export function race(tale: Tale): void {
  const [fast, slow] = friends(tale);
  const goal = tale.pick(goals);

  meetBoth(tale, fast, slow);
  tale.say(
    `${fast} was very fast, but ${slow} was slow.`,
    `${fast} could run like the wind. ${slow} was not so fast.`,
    `everyone knew that ${fast} was the faster one.`,
  );
  const when = tale.oneDay();
  tale.say(`${when}, they wanted to have a race.`, `${when}, there was a race.`);
  tale.speak(fast, `Let's run to ${goal}!`, `The first one to reach ${goal} wins!`);
  tale.maybe('"One, two, three, go!" they shouted.', 'they stood side by side. Then they ran.');

  tale.turn();
  tale.pick([restAndLose, fallAndHelp])(tale, fast, slow, goal);
}

function restAndLose(tale: Tale, fast: Person, slow: Person, goal: string): void {
  tale.say(`soon ${fast} was far ahead.`, `${fast} was so fast that ${slow} was soon out of sight.`);
  tale.speak(
    fast,
    'I have so much time. I can rest a little.',
    'This is too easy! I will sit down for a while.',
  );
  tale.say(
    `${fast} sat down under a tree, and soon ${fast.he} was asleep.`,
    `the sun was warm, and ${fast} fell asleep in the grass.`,
  );
  tale.say(
    `but ${slow} did not stop. Step by step, ${slow.he} came closer.`,
    `${slow} was tired, but ${slow.he} went on and on.`,
  );
  tale.say(
    `when ${fast} woke up, ${slow} was already at ${goal}.`,
    `${fast} woke up and ran, but it was too late. ${slow} was at ${goal}.`,
  );

  tale.turn();
  if (tale.sometimes()) tale.speak(slow, 'I won! I can hardly believe it.', 'I did it! I am so happy.');
  tale.say(
    `${fast} was sad for a moment. Then ${fast.he} shook ${slow}'s hand.`,
    `everyone clapped for ${slow}, and ${fast} clapped, too.`,
  );
  if (tale.sometimes())
    tale.speak(fast, 'You did not give up. Well done!', 'I was too proud. You ran a good race.');
  end(tale, {
    closes: [`after that, ${fast} never slept in a race again.`, 'they walked home side by side.'],
    morals: [
      'slow and steady wins the race.',
      `${fast} learned not to be so proud.`,
      'if you do not stop, you can win.',
    ],
  });
}

function fallAndHelp(tale: Tale, fast: Person, slow: Person, goal: string): void {
  const [fallen, helper] = tale.pick([
    [fast, slow],
    [slow, fast],
  ]);
  tale.say(
    `they were halfway to ${goal} when ${fallen} fell over a stone.`,
    `but on the way, ${fallen} fell down and hurt ${fallen.his} knee.`,
    `all at once, ${fallen}'s foot hit a stone, and ${fallen.he} fell.`,
  );
  tale.speak(fallen, 'Ouch! My leg hurts.', 'Ouch! I cannot run anymore.');
  tale.maybe(
    `${helper} could win now. ${helper.he} only had to run on.`,
    `${helper} saw ${goal}. It was so close!`,
    `now it was easy for ${helper} to win.`,
  );
  tale.say(
    `but ${helper} turned around and went back.`,
    `but ${helper} stopped, because a friend was more important than a race.`,
  );
  tale.speak(helper, 'Are you hurt? Put your arm around me.', 'Come, I will help you up.');

  tale.turn();
  tale.say(
    `together, they walked slowly to ${goal}.`,
    `step by step, they went on until they reached ${goal}.`,
  );
  thank(tale, fallen, helper, 'coming back for me');
  tale.maybe(`"Who won?" asked ${fallen}. "We both did!" said ${helper}.`);
  end(tale, {
    closes: [
      'nobody was first, and nobody was last.',
      'they both won that day.',
      'they sat down and rested.',
    ],
    morals: [
      'it is better to help than to win.',
      'winning is not everything.',
      `${fallen} never forgot what ${helper} had done.`,
    ],
  });
}
