/** Livelier wordings of events, for stories: with speech and small details that change nothing. */
import { list, plural } from '../story-world/grammar.js';
import type { WorldEvent } from './event.js';
import type { Naming } from './statements.js';
import { amount } from './words/count.js';
import { numbers } from './words/things.js';

const THEN = '{at that time|back then|in those days|that year|that summer|that spring|by then}';

/** Wordings beside the plain ones; each says all that the event is. */
export function remarks(event: WorldEvent, the: Naming): string[] {
  switch (event.type) {
    case 'aged':
      return [
        `${THEN}, ^${event.who} was {|only |already |just }${numbers[event.years]}{| years old| years of age}`,
        `^${event.who} had {just |}turned ${numbers[event.years]} {that|last} {spring|summer|autumn|winter|week|month}`,
      ];
    case 'lives':
      return [
        `^${event.who} lived in a {small|little|tall|narrow|lovely|quiet|sunny} house {near|close to|not far from} the ${event.place.noun}`,
        `{near|close to|not far from} the ${event.place.noun}, ^${event.who} had a {small|little|tall|narrow|lovely|quiet|sunny} house`,
        `${THEN}, ^${event.who} {lived|had a home} {near|close to|not far from} the ${event.place.noun}`,
      ];
    case 'likes':
      return [
        `^${event.who} {always|really|truly|simply} {liked|loved} ${plural(event.fruit)} {best|most|more than anything}`,
        `{everyone|everybody} knew that ${event.who} {liked|loved} ${plural(event.fruit)} {best|most|more than anything}`,
        `${plural(event.fruit)} {tasted best to|were a feast for|were the greatest treat for} ${event.who}`,
      ];
    case 'be': {
      const [one, ...others] = event.who;
      if (others.length === 0) {
        return [
          `^${one} {had come|had gone|had walked|had run} ${event.place.to}`,
          `^${one} {was sitting|was standing|was playing|was waiting|was resting} ${event.place.at}`,
          `${THEN}, ^${one} was {still |alone |}${event.place.at}`,
        ];
      }
      const who = list(event.who.map(String));
      return [
        `${who} {had come|had gone|had walked|had run} ${event.place.to}`,
        `${who} were {sitting|standing|playing|resting} ${event.place.at}`,
        `^${one} had {come|gone|walked|run} ${event.place.to} with ${list(others.map(String))}`,
        `^${one} {met|found|saw} ${list(others.map(String))} ${event.place.at}`,
        `{that day|at first}, ${who} were {|together |${others.length === 1 ? 'both' : 'all'} }${event.place.at}`,
      ];
    }
    case 'have':
      return [
        `^${event.who} {always|often} carried ${the(event.thing)} {along|around}`,
        `^${event.who} {proudly|still} {had|owned} ${the(event.thing)}`,
        `^${event.who} {held|carried} ${the(event.thing)} in {one hand|both hands}`,
        `among the things that ${event.who} {had|owned} was ${the(event.thing)}`,
      ];
    case 'go': {
      const [one, ...others] = event.who;
      const way = '{wandered|strolled|marched|rushed}';
      if (others.length === 0) return [`^${one} ${way} ${event.place.to}`];
      const who = list(event.who.map(String));
      return [
        `${who} ${way} {|together |side by side }${event.place.to}`,
        `^${one} took ${list(others.map(String))} along ${event.place.to}`,
        `"{Let us go|Come with me|Come along} ${event.place.to}," ^${one} said to ${list(others.map(String))}, and they {went|did}`,
      ];
    }
    case 'want':
      return [
        `^${event.who} {really|badly|truly} wanted ${the(event.thing, event.who)}`,
        `^${event.who} {saw|looked at} ${the(event.thing)} and wanted {it|to have it}`,
        `"I {wish I had|would love to have} ${the(event.thing)}," ^${event.who} {said|thought}`,
      ];
    case 'ask':
      return [
        `"{May|Can} I {please |}have ${the(event.thing)}?" ^${event.who} asked ${event.whom}`,
        `^${event.who} asked ${event.whom}, "{May|Can} I have ${the(event.thing)}?"`,
      ];
    case 'refuse':
      return [
        `"No, you {cannot|may not} have ${the(event.thing)}," ^${event.who} {said to|told} ${event.whom}`,
        `^${event.who} shook ${event.who.his} head and kept ${the(event.thing)}, and ${event.whom} did not get it`,
      ];
    case 'give':
      return [
        `"{This is for you|Take it|It is yours now}, ${event.to}," ^${event.who} said and {gave|handed} ${event.to.him} ${the(event.thing)}`,
        `^${event.who} held out ${the(event.thing, event.who)} to ${event.to} and said, "{Now it is yours|You can keep it}"`,
      ];
    case 'lend':
      return [
        `"You {can|may} have it {for a while|until tonight|for one day}, ${event.to}," ^${event.who} said and lent ${event.to.him} ${the(event.thing)}`,
      ];
    case 'return':
      return [
        `"{Here is|This is} your ${event.thing}, ${event.to}," ^${event.who} said and gave it back`,
        `^${event.who} went up to ${event.to} and gave ${event.to.him} ${the(event.thing)} back`,
      ];
    case 'grab':
      return [
        `"{Give it to me|I want that|Let go}!" ^${event.who} {cried|shouted} and took ${the(event.thing)} away from ${event.from}`,
      ];
    case 'lose':
      return [
        `^${event.who} {looked down|looked around|turned around} ${event.place.at}, and ${the(event.thing, event.who)} was gone`,
        `${event.place.at}, ${the(event.thing)} fell out of ${event.who}'s {bag|hands}, and ^${event.who} did not {see|notice} it`,
      ];
    case 'find':
      return [
        `^${event.who} looked ${event.spot} ${event.place.at} and found ${the(event.thing, event.who)}`,
        `${event.spot} ${event.place.at}, ^${event.who} found ${the(event.thing, event.who)}`,
        `"Here is ${the(event.thing)}!" ^${event.who} {cried|said} and picked it up ${event.spot} ${event.place.at}`,
      ];
    case 'seek':
      return [
        `^${event.who} looked {everywhere|all around|high and low} ${event.place.at}, but ${the(event.thing, event.who)} was {gone|not there}`,
      ];
    case 'take':
      return [
        `^${event.who} saw ${the(event.thing)} ${event.place.at} and {took it|picked it up}`,
        `${the(event.thing)} lay ${event.place.at}, and ^${event.who} {took it|picked it up}`,
      ];
    case 'put':
      return [
        `^${event.who} {walked off|went away} and left ${the(event.thing, event.who)} ${event.place.at}`,
      ];
    case 'break':
      return [
        `^${event.who} {fell|slipped|stumbled} and broke ${the(event.thing, event.who)}`,
        `${the(event.thing)} slipped out of ${event.who}'s hands and broke`,
        `^${event.who} dropped ${the(event.thing, event.who)}, and it broke`,
      ];
    case 'mend':
      return [
        `^${event.who} worked on ${the(event.thing, event.who)} until it was {whole|fine|as good as new} again`,
        `{with some glue|with a bit of string|piece by piece}, ^${event.who} mended ${the(event.thing, event.who)}`,
      ];
    case 'eat':
      return [
        `^${event.who} {was hungry and|sat down and|could not wait and} ate ${the(event.thing, event.who)}`,
      ];
    case 'promise':
      return [
        `"You will get ${the(event.thing)}, ${event.to}. {I promise|That is a promise}," ^${event.who} said`,
        `"I {will|promise to} give you ${the(event.thing)}, ${event.to}," ^${event.who} promised`,
      ];
    case 'forget':
      return [
        `^${event.who} {forgot all about|did not think of} ${event.who.his} promise, and ${event.to} {waited in vain|got nothing}`,
      ];
    case 'storm':
      return [
        `{dark clouds came|the sky grew dark|the wind began to blow}, and a storm broke ${event.place.at}`,
        `"A storm is coming!" {cried|called} ${event.who[0]}, and {the rain came down|it thundered} ${event.place.at}`,
      ];
    case 'apologise':
      return [
        `"I am {so|very|truly} sorry, ${event.to}," ^${event.who} said`,
        `^${event.who} {went to|looked at} ${event.to} and said, "I am {so|very} sorry"`,
      ];
    case 'forgive':
      return [
        `"It is {all right|fine|not so bad}, ${event.whom}," ^${event.who} said. "We are {still |}friends"`,
        `^${event.who} {smiled at|hugged} ${event.whom} and forgave ${event.whom.him}`,
      ];
    case 'thank':
      return [
        `"Thank you{| so much| very much}, ${event.to}," ^${event.who} said`,
        `"{Thank you|Thanks}, ${event.to}! You are {so kind|a good friend|a great help}," ^${event.who} said`,
      ];
    case 'munch':
      return [`^${event.who} {was hungry and|sat down and} ate ${amount(event.count, event.fruit)}`];
    default:
      return [];
  }
}
