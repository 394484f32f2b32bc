import type { OrdinaryMeasured } from '../../../scripts/bench/measure-ordinary.ts';
import type { Measured } from '../../../scripts/bench/measure-purser.ts';
import { calendarsTable, ordinaryTable, purserTable } from '../../../scripts/bench/print.ts';

const small: Measured = {
  charters: 300,
  mails: 390,
  tripSheets: 10,
  host: 24,
  http: 40,
  rounds: 12,
  seconds: [7, 10, 14],
  largestBytes: 2_000_000,
  largestOf: 'GET sheets.googleapis.com …/values',
  largestPageBytes: 900_000,
  executions: 1,
  waitedSeconds: 0,
  tickSeconds: 1.5,
};
const large: Measured = { ...small, charters: 3_000, seconds: [14, 20, 28] };

test('a month within its budget keeps it; one over it says in what', () => {
  expect(purserTable('Daily', [small])).toContain('kept');
  const over = purserTable('Daily', [
    { ...small, rounds: 13, seconds: [7, 10.5, 14], largestBytes: 2_000_001 },
  ]);
  expect(over).toContain('over: rounds ≤ 12, s ≤ 10, 2 MB (GET sheets.googleapis.com …/values)');
});

test('a month whose mail is read on the statement day has no budget', () => {
  const words = purserTable('At once', [{ ...small, rounds: 50, tickSeconds: null }]);
  expect(words).not.toContain('over');
  expect(words).not.toContain('kept');
});

test('the wait for the quota is part of an execution', () => {
  const waiting = { ...large, waitedSeconds: 680, tickSeconds: null };
  // 10 s for 300, 700 s for 3,000: 350 s more hold 1,369 more.
  expect(purserTable('At once', [{ ...small, tickSeconds: null }, waiting])).toContain(
    'holds 1,669 charters',
  );
});

test('growth and the largest month stand below the table', () => {
  const words = purserTable('Daily', [small, large]);
  expect(words).toContain('modelled seconds 0.30');
  // 10 s more for 2,700 charters more: 340 s more hold 91,800 more.
  expect(words).toContain('holds 94,800 charters');
});

test('Purser’s share is of the same size of month', () => {
  const ordinary: OrdinaryMeasured = { ...small, host: 800, seconds: [300, 400, 500] };
  const words = ordinaryTable(
    [ordinary, { ...ordinary, charters: 3_000, seconds: [3_000, 4_000, 5_000] }],
    [large, small],
  );
  expect(words).toContain('3.0 %');
  expect(words).toContain('2.5 %');
  expect(words).toContain('0.5 %');
});

test('quiet syncs of calendars keep to four rounds, and their day is told in minutes', () => {
  const quiet = {
    ...small,
    name: 'quiet',
    isQuiet: true,
    rounds: 4,
    seconds: [4, 5, 10],
    bytes: 1e6,
    written: 0,
  } as const;
  const first = { ...quiet, name: 'the first', isQuiet: false, rounds: 20, seconds: [90, 100, 200] } as const;
  const words = calendarsTable({ accounts: 20, charters: 300, syncs: [first, quiet] });
  expect(words).toContain('kept');
  expect(words).not.toContain('over');
  // 48 times 5 seconds.
  expect(words).toContain('48 quiet syncs a day take 4 minutes (3 … 8)');
  expect(calendarsTable({ accounts: 20, charters: 300, syncs: [{ ...quiet, rounds: 5 }] })).toContain(
    'over: rounds ≤ 4',
  );
});
