/** Amounts, moments and comparisons as the sidebar words them. */
import type { FindingView } from '../../../src/sidebar/month/contract.ts';
import { compared, count, counted, groupsOf, wording } from '../../../src/sidebar/month/words.ts';

const words = wording('USD', 'America/New_York', '2026-05');

describe('money', () => {
  it.each([
    [4_801_450, '$48,014.50'],
    [0, '$0.00'],
    [-5, '−$0.05'],
    [900_719_925_474_099, '$9,007,199,254,740.99'],
  ])('%d cents are %s', (cents, text) => {
    expect(words.money(cents)).toBe(text);
  });

  it('has its sign when it is a difference', () => {
    expect([words.money(2000, true), words.money(-2000, true), words.money(0, true)]).toEqual([
      '+$20.00',
      '−$20.00',
      '$0.00',
    ]);
  });

  it('of a currency that nobody knows stands before its name', () => {
    expect(wording('Dollars', 'UTC', '2026-05').money(137_550)).toBe('1,375.50 Dollars');
  });

  it('is short on a scale', () => {
    expect([words.shortMoney(10_000_000), words.shortMoney(150_000), words.shortMoney(5000)]).toEqual([
      '$100K',
      '$1.5K',
      '$50',
    ]);
  });
});

describe('a moment', () => {
  it('is told in the workbook’s zone, with its year when it is another', () => {
    expect(words.moment('2026-06-01T10:02:00Z')).toBe('Jun 1, 6:02 AM');
    expect(words.moment('2027-01-01T04:59:00Z')).toBe('Dec 31, 11:59 PM');
    expect(words.moment('2027-01-01T05:00:00Z')).toBe('Jan 1, 2027, 12:00 AM');
    expect(words.time('2026-06-01T10:02:00Z')).toBe('6:02 AM');
  });

  it('that is none stays as it is, and a zone that is none is UTC and says so', () => {
    expect(words.moment('soon')).toBe('soon');
    expect(wording('USD', 'Nowhere/Land', '2026-05').moment('2026-06-01T10:02:00Z')).toBe(
      'Jun 1, 10:02 AM UTC',
    );
  });
});

it('counts have their word', () => {
  expect([count(1024), counted(1, 'person', 'people'), counted(0, 'person', 'people')]).toEqual([
    '1,024',
    '1 person',
    '0 people',
  ]);
});

it.each([
  [112, 100, '12 % more than'],
  [97, 100, '3 % less than'],
  [100, 100, 'as much as'],
  [10_001, 10_000, 'slightly more than'],
  [9_999, 10_000, 'slightly less than'],
  [0, 100, '100 % less than'],
  [5, 0, null],
])('%d after %d is %s', (now, before, text) => {
  expect(compared(now, before)).toBe(text);
});

it('findings stand in the order in which they are to be dealt with; accepted ones last, and none is lost', () => {
  const finding = (key: string, severity: FindingView['severity'], isAccepted = false): FindingView => ({
    key,
    code: 'x',
    severity,
    words: '',
    cents: null,
    charterId: null,
    links: [],
    mayAccept: true,
    accepted: isAccepted ? { by: 'Nora', reason: 'right' } : null,
  });
  const groups = groupsOf([
    finding('i', 'info'),
    finding('b-accepted', 'block', true),
    finding('w', 'warn'),
    finding('b', 'block'),
  ]);
  expect(groups.map(({ id, findings }) => [id, findings.map(({ key }) => key)])).toEqual([
    ['block', ['b']],
    ['warn', ['w']],
    ['info', ['i']],
    ['accepted', ['b-accepted']],
  ]);
  expect(groupsOf([])).toEqual([]);
});
