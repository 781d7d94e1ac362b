import { expect, test } from 'vitest';
import { json, jsonl } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { naturalQuestions, triviaqa, webQuestions } from './closed-book.js';

test('a question and nothing else; several answers may be right', async () => {
  const documents = naturalQuestions.read([
    jsonl(
      { question: 'who wrote emma', answer: ['Jane Austen', 'Austen'] },
      { question: 'who has a cat', answer: ['Ann'] },
    ),
  ]);
  expect(naturalQuestions.ask(documents[0], 0)).toEqual({
    context: 'Q: who wrote emma\n\nA:',
    maxNewTokens: 32,
    stop: ['\n'],
    decoding: { kind: 'beam', width: 4, lengthPenalty: 0.6 },
  });
  const { contexts, result } = await recorded(naturalQuestions, documents, {
    shots: 64,
    write: () => ' The Austen.\n\nQ: who',
  });
  expect(contexts[0]).toBe('Q: who has a cat\n\nA: Ann\n\nQ: who wrote emma\n\nA:');
  expect(result.metrics.accuracy.value).toBe(0.5);
});

test('WebQuestions and TriviaQA ask alike', () => {
  const [w] = webQuestions.read([json([{ qText: 'who is ann?', answers: ['a singer'] }])]);
  expect(webQuestions.inContext!.shot(w)).toEqual({
    context: 'Q: who is ann?\n\nA:',
    completion: ' a singer',
  });
  const Answer = {
    Value: 'Sunset Blvd',
    Aliases: ['Sunset Blvd', 'West Sunset Boulevard'],
    NormalizedAliases: ['sunset bl'],
  };
  const [t] = triviaqa.read([json({ Data: [{ Question: 'Which street?', Answer }] })]);
  expect(triviaqa.inContext!.shot(t)).toEqual({
    context: 'Q: Which street?\n\nA:',
    completion: ' Sunset Blvd',
  });
  const right = (text: string) => triviaqa.judge(t, { text }).correct;
  expect([' Sunset Blvd.', ' west sunset boulevard', ' Sunset Bl', ' Sunset'].map(right)).toEqual([
    1, 1, 1, 0,
  ]);
});
