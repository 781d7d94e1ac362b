import { describe, expect, test } from 'vitest';
import { file, jsonl } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { hellaswag, piqa, storyCloze } from './completion.js';
import { winogradGpt3, winogrande } from './coreference.js';
import { arcChallenge, arcEasy, openbookqa } from './science.js';

describe('completion', () => {
  test('HellaSwag: the activity, a colon, the scene; endings go on with or without a space', async () => {
    const scene = (ctx: string, endings: string[]) => ({
      activity_label: 'Making tea',
      ctx,
      endings,
      label: 1,
    });
    const documents = hellaswag.read([
      jsonl(
        scene('A kettle is filled. Then', [
          'the cat sings.',
          ', water boils.',
          "'s over.",
          "'Tea!' he says.",
        ]),
        scene('A cup is taken. She', ['pours.', 'sleeps.']),
      ),
    ]);
    expect(hellaswag.ask(documents[0], 0)).toEqual({
      context: 'Making tea: A kettle is filled. Then',
      choices: [' the cat sings.', ', water boils.', "'s over.", " 'Tea!' he says."],
    });
    const { contexts } = await recorded(hellaswag, documents, { shots: 20 });
    expect(contexts[0]).toBe(
      'Making tea: A cup is taken. She sleeps.\n\nMaking tea: A kettle is filled. Then',
    );
  });

  test('StoryCloze: four sentences, then each ending', () => {
    const names = [1, 2, 3, 4].map((i) => `InputSentence${i}`).join(',');
    const csv = `${names},RandomFifthSentenceQuiz1,RandomFifthSentenceQuiz2,AnswerRightEnding\nA.,B.,C.,D.,E.,F.,2\n`;
    const [document] = storyCloze.read([file(csv)]);
    expect(storyCloze.ask(document, 0)).toEqual({ context: 'A. B. C. D.', choices: [' E.', ' F.'] });
    expect(storyCloze.inContext!.shot(document)).toEqual({ context: 'A. B. C. D.', completion: ' F.' });
  });

  test('PIQA: the goal, then each way to it', () => {
    const [document] = piqa.read([
      jsonl({ goal: 'How to dry a cup. ', sol1: 'Use milk.', sol2: 'Use a towel.', label: 1 }),
    ]);
    expect(piqa.ask(document, 0)).toEqual({
      context: 'How to dry a cup.',
      choices: [' Use milk.', ' Use a towel.'],
    });
    expect(piqa.judge(document, { logProbs: [-3, -8], tokens: [1, 4] })).toMatchObject({
      correct: 1,
      plain: 0,
    });
  });
});

describe('science', () => {
  const row = (stem: string) => ({
    question: {
      stem,
      choices: [
        { text: 'ice', label: 'A' },
        { text: 'fire', label: 'B' },
      ],
    },
    answerKey: 'B',
  });

  test.each([arcEasy, arcChallenge])('$name: question and answer in a line each', (task) => {
    const [document] = task.read([jsonl(row('What is hot?'))]);
    expect(task.ask(document, 0)).toEqual({
      context: 'Question: What is hot?\nAnswer:',
      choices: [' ice', ' fire'],
      answerContext: 'Answer:',
    });
    expect(task.inContext!.shot(document)).toEqual({
      context: 'Question: What is hot?\nAnswer:',
      completion: ' fire',
    });
  });

  test('OpenBookQA: the text alone', () => {
    const [document] = openbookqa.read([jsonl(row('Hot things are like'))]);
    expect(openbookqa.ask(document, 0)).toMatchObject({ context: 'Hot things are like' });
  });

  test('an answer counts by how much the question raises its probability', async () => {
    const [document] = arcEasy.read([jsonl(row('What is hot?'))]);
    const logProb = (context: string, choice: string) => {
      if (choice === ' ice') return context === 'Answer:' ? -1 : -2; // likelier, but not for the question
      return context === 'Answer:' ? -9 : -4;
    };
    const { result } = await recorded(arcEasy, [document], { logProb });
    expect(result.metrics.accuracy.value).toBe(1);
    expect(result.metrics['accuracy, relative'].value).toBe(1);
    expect(result.metrics['accuracy, length-normalised'].value).toBe(0); // -2 / 4 is more than -4 / 5
    expect(result.metrics['accuracy, plain'].value).toBe(0);
  });
});

describe('coreference', () => {
  test('WinoGrande: the rest of the sentence after each name', async () => {
    const documents = winogrande.read([
      jsonl({ sentence: 'Jo hid it from Al as _ was shy.', option1: 'Jo', option2: 'Al', answer: '1' }),
      jsonl({ sentence: '_ won.', option1: 'Di', option2: 'Bo', answer: '2' }),
    ]);
    expect(winogrande.ask(documents[0], 0)).toEqual({
      contexts: ['Jo hid it from Al as Jo', 'Jo hid it from Al as Al'],
      continuation: ' was shy.',
    });
    const { contexts, result } = await recorded(winogrande, documents.slice(0, 1), {
      pool: documents.slice(1),
      shots: 1,
      logProb: (context) => (context.endsWith('as Jo') ? -1 : -2),
    });
    expect(contexts[1]).toBe('Bo won.\n\nJo hid it from Al as Al');
    expect(result.metrics.accuracy.value).toBe(1);
  });

  test('Winograd: the first 273 schemas, options as the sentence has them', () => {
    const schema = `<schema><text><txt1>The cup is not in the box as</txt1><pron>it</pron><txt2>is big.</txt2></text>
      <quote><pron>it</pron></quote><answers><answer>The cup</answer><answer>the box</answer></answers>
      <correctAnswer>A</correctAnswer></schema>`;
    const read = winogradGpt3.read([file(`<collection>${schema.repeat(285)}</collection>`)]);
    expect(read.length).toBe(273);
    expect(winogradGpt3.ask(read[0], 0)).toEqual({
      contexts: ['The cup is not in the box as the cup', 'The cup is not in the box as the box'],
      continuation: ' is big.',
    });
    expect(winogradGpt3.inContext!.shot(read[0])).toEqual({
      context: 'The cup is not in the box as the cup',
      completion: ' is big.',
    });
  });
});
