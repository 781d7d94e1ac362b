/** Questions that a told story or scene answers, with the answer and others of its kind. */
import { plural } from '../../story-world/grammar.js';
import type { Person } from '../../story-world/person.js';
import { causeOf } from '../cause.js';
import type { Mood, WorldEvent } from '../event.js';
import { LOOKS, type Thing } from '../thing.js';
import { feelingWords } from '../words/feelings.js';
import { places } from '../words/places.js';
import { looks, numbers } from '../words/things.js';
import type { World } from '../world.js';

/** A question in several wordings. */
export interface Question {
  wordings: string[];
  answer: string;
  /** Wrong answers that the text suggests; may be few. */
  near: string[];
  /** Wrong answers of the same kind. */
  far: readonly string[];
}

/** What can be asked, by kind. */
export const QUESTION_KINDS = ['holder', 'place', 'look', 'number', 'why', 'deed', 'person'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** All questions of a kind about a world of which these events are told. */
export function questionsOf(
  kind: QuestionKind,
  world: World,
  told: readonly WorldEvent[],
  names: readonly string[],
): Question[] {
  const { state } = world;
  const people = world.people.filter((who) =>
    told.some((event) => JSON.stringify(namesIn(event)).includes(`"${who}"`)),
  );
  const things = [...new Set(told.flatMap((event) => ('thing' in event ? [event.thing] : [])))];
  const persons = (answer: Person) => ({
    answer: `${answer}`,
    near: people.filter((who) => who !== answer).map(String),
    far: names,
  });
  switch (kind) {
    case 'holder':
      return things.flatMap((thing) => {
        const holder = state.holder(thing);
        if (holder === undefined) return [];
        return [
          {
            wordings: [
              `who had the ${thing} {in the end|at the end}?`,
              `who held the ${thing} {in the end|at the end}?`,
              `in the end, who had the ${thing}?`,
              `at the end, who had the ${thing}?`,
            ],
            ...persons(holder),
          },
        ];
      });
    case 'place':
      return people.flatMap((who) => {
        const place = state.at.get(who);
        const where = told.flatMap((event) => ('place' in event ? [event.place.at] : []));
        if (place === undefined || !where.includes(place.at)) return [];
        return [
          {
            wordings: [
              `where was ${who} {in the end|at the end}?`,
              `in the end, where was ${who}?`,
              `at the end, where was ${who}?`,
              `where {could one|could you|could they} find ${who} {in the end|at the end}?`,
            ],
            answer: place.at,
            near: [...new Set(where)].filter((at) => at !== place.at),
            far: places.map(({ at }) => at),
          },
        ];
      });
    case 'look':
      return things.flatMap((thing) => lookQuestions(thing, things));
    case 'number':
      return people.flatMap((who) => {
        const count = state.fruit.get(who);
        if (count === undefined) return [];
        const counts = told.flatMap((event) => ('count' in event ? [numbers[event.count]] : []));
        const fruit = plural(world.fruit);
        return [
          {
            wordings: [
              `how many ${fruit} did ${who} have {in the end|at the end|then}?`,
              `in the end, how many ${fruit} did ${who} have?`,
              `at the end, how many ${fruit} did ${who} have?`,
              `how many ${fruit} {were left to|were left for} ${who}?`,
            ],
            answer: count === 0 ? 'none' : numbers[count],
            near: [...new Set(counts)].filter((number) => number !== numbers[count]),
            far: [...numbers.slice(1), 'none'],
          },
        ];
      });
    case 'why':
      return told.flatMap((event) => (event.type === 'feel' ? whyQuestion(event, world.events, told) : []));
    case 'deed':
    case 'person':
      return told.flatMap((event) => deedQuestions(kind, event, persons, things));
  }
}

function lookQuestions(thing: Thing, things: readonly Thing[]): Question[] {
  return LOOKS.filter((look) => thing.told.has(look)).flatMap((look) => {
    if (look !== 'colour') return [];
    const answer = thing.looks[look]!;
    const near = things.flatMap((other) => (other.told.has(look) ? [other.looks[look]!] : []));
    return [
      {
        wordings: [
          `what colour was the ${thing}?`,
          `what was the colour of the ${thing}?`,
          `and what colour was the ${thing}?`,
          `which colour did the ${thing} have?`,
        ],
        answer,
        near: near.filter((value) => value !== answer),
        far: looks.colour,
      },
    ];
  });
}

function whyQuestion(
  { who, feeling, cause }: Mood,
  events: readonly WorldEvent[],
  told: readonly WorldEvent[],
): Question[] {
  const why = (mood: Mood) => `because ${causeOf(mood.cause, mood.who)}`;
  const moods = events.filter((event) => event.type === 'feel');
  // A feeling that came twice has two causes.
  if (moods.filter((mood) => mood.who === who && mood.feeling === feeling).length > 1) return [];
  const answer = `because ${causeOf(cause, who)}`;
  const others = told.flatMap((event) => {
    if (
      Array.isArray((event as { who: unknown }).who) ||
      ['feel', 'be', 'have', 'aged', 'lives', 'likes'].includes(event.type) ||
      event === cause
    )
      return [];
    return [`because ${causeOf(event as Mood['cause'], who)}`];
  });
  return [
    {
      wordings: feelingWords[feeling].flatMap((word) => [
        `why was ${who} ${word}?`,
        `why did ${who} feel ${word}?`,
      ]),
      answer,
      near: [...new Set([...moods.filter((mood) => mood.who === who).map(why), ...others])].filter(
        (text) => text !== answer,
      ),
      far: [],
    },
  ];
}

const ASKED: Partial<Record<WorldEvent['type'], string>> = {
  give: 'gave',
  lend: 'lent',
  lose: 'lost',
  find: 'found',
  break: 'broke',
  mend: 'mended',
  make: 'made',
  eat: 'ate',
  promise: 'promised',
};

function deedQuestions(
  kind: 'deed' | 'person',
  event: WorldEvent,
  persons: (answer: Person) => Omit<Question, 'wordings'>,
  things: readonly Thing[],
): Question[] {
  const verb = ASKED[event.type];
  if (verb === undefined || !('thing' in event) || !('who' in event) || Array.isArray(event.who)) return [];
  const { thing } = event;
  const who = event.who as Person;
  const to = 'to' in event ? ` to ${event.to}` : '';
  if (kind === 'person')
    return [
      {
        wordings: [
          `who ${verb} the ${thing}${to}?`,
          `who was it that ${verb} the ${thing}${to}?`,
          `who was the one who ${verb} the ${thing}${to}?`,
        ],
        ...persons(who),
      },
    ];
  return [
    {
      wordings: [
        `what did ${who} ${BASE[verb]}${to}?`,
        `what was it that ${who} ${verb}${to}?`,
        `which thing did ${who} ${BASE[verb]}${to}?`,
      ],
      answer: `the ${thing}`,
      near: things.filter((other) => other !== thing).map((other) => `the ${other}`),
      far: FAR_THINGS,
    },
  ];
}

const FAR_THINGS = [
  'ball',
  'kite',
  'boat',
  'drum',
  'lamp',
  'cup',
  'hat',
  'book',
  'bun',
  'pie',
  'box',
  'ring',
].map((noun) => `the ${noun}`);

const BASE: Record<string, string> = {
  gave: 'give',
  lent: 'lend',
  lost: 'lose',
  found: 'find',
  broke: 'break',
  mended: 'mend',
  made: 'make',
  ate: 'eat',
  promised: 'promise',
};

function namesIn(event: WorldEvent): string[] {
  return Object.values(event).flat().map(String);
}
