import { describe, expect, test } from 'vitest';
import { decodeEvent, decodeRecords, naiveCrc32c } from '../test/decode-events.js';
import { readLog } from './read-log.js';
import { tensorBoardEvents, tensorBoardFile } from './tensor-board.js';

const startTime = 1_700_000_000_000;
const eventsOf = (log: string) =>
  decodeRecords(tensorBoardEvents(readLog(log), { startTime })).map(decodeEvent);

describe('a file for TensorBoard', () => {
  test('of an empty run, byte by byte', () => {
    const file = Buffer.from(tensorBoardEvents(readLog(''), { startTime: 1000 }));
    const data = `09${'000000000000f03f'}1000${'1a0d'}${Buffer.from('brain.Event:2').toString('hex')}`;
    expect(file.subarray(12, -4).toString('hex')).toBe(data);
    expect(file.readBigUint64LE(0)).toBe(26n);
    expect(decodeRecords(file).length).toBe(1); // the checksums hold
    expect(naiveCrc32c(Buffer.from('123456789'))).toBe(0xe3069283); // RFC 3720's check value
  });

  test('has every number of the log, at the time that was spent by then', () => {
    const log = `
{"type":"eval-end","step":0,"loss":4,"count":8,"metrics":{"accuracy":0.5},"best":true,"elapsedMs":500}
{"type":"step-end","step":1,"loss":3.5,"parts":{"l2":3},"learningRate":0.25,"gradNorm":2,"sequences":1,"tokens":100,"tokensSeen":100,"elapsedMs":1000,"tokensPerSecond":64,"ceilingShare":0.75,"memoryBytes":4096}
{"type":"sample-end","step":1,"texts":["# a\\nb é","🙂"]}
{"type":"step-end","step":300,"loss":null,"tokens":100,"elapsedMs":2000}
{"type":"eval-end","step":300,"loss":2,"count":8,"best":true,"elapsedMs":500}
`;
    const number = (tag: string, value: number) => ({ tag, number: value });
    expect(eventsOf(log)).toEqual([
      { wallTime: 1_700_000_000, step: 0, fileVersion: 'brain.Event:2', values: [] },
      {
        wallTime: 1_700_000_000.5,
        step: 0,
        values: [number('loss/validation', 4), number('validation/accuracy', 0.5)],
      },
      {
        wallTime: 1_700_000_001.5,
        step: 1,
        values: [
          number('loss/train', 3.5),
          number('learning_rate', 0.25),
          number('gradient_norm', 2),
          number('tokens_per_second', 64),
          number('ceiling_share', 0.75),
          number('tokens_seen', 100),
          number('memory_bytes', 4096),
          number('loss/train/l2', 3),
        ],
      },
      {
        wallTime: 1_700_000_001.5,
        step: 1,
        values: [
          { tag: 'samples', plugin: 'text', dtype: 7, shape: [2], texts: ['    # a\n    b é', '    🙂'] },
        ],
      },
      {
        wallTime: 1_700_000_003.5,
        step: 300,
        values: [number('tokens_per_second', 50), number('tokens_seen', 200)],
      },
      { wallTime: 1_700_000_004, step: 300, values: [number('loss/validation', 2)] },
    ]);
  });

  test('holds long runs, and texts longer than a varint of one byte says', () => {
    const text = 'é'.repeat(70_000);
    const steps = Array.from({ length: 3000 }, (_, i) => ({ type: 'step-end', step: i + 1, loss: i }));
    const log = [...steps, { type: 'sample-end', step: 3000, texts: [text] }];
    const events = eventsOf(log.map((each) => JSON.stringify(each)).join('\n'));
    expect(events.length).toBe(3002);
    expect(events[2001].values).toEqual([{ tag: 'loss/train', number: 2000 }]);
    expect(events.at(-1)?.values[0].texts).toEqual([`    ${text}`]);
  });

  test('notices a flipped bit, so that the checksums of these tests can fail', () => {
    const file = tensorBoardEvents(readLog(''), { startTime });
    file[20] ^= 1;
    expect(() => decodeRecords(file)).toThrow('checksum');
  });

  test('has a name with ten digits of seconds', () => {
    expect(tensorBoardFile({ startTime })).toBe('events.out.tfevents.1700000000.gpt-ts');
    expect(tensorBoardFile({ startTime: 1500 })).toBe('events.out.tfevents.0000000001.gpt-ts');
  });
});
