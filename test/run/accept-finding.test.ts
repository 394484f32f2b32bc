/** Rows for the tab `Purser accepted`: with a reason and a name or not at all, and none twice. */
import type { AcceptRequest } from '../../src/run/accept-finding.ts';
import { acceptAll, acceptFinding } from '../../src/run/accept-finding.ts';
import type { FindingCode } from '../../src/statement/findings.ts';
import { ACCEPTED_COLUMNS } from '../../src/workbook/accepted-tab.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import type { FakeHost, ScriptedReply } from '../tools/fake-host.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const request = (changes: Partial<AcceptRequest> = {}): AcceptRequest => ({
  month: '2026-05',
  code: 'revenue-differs',
  about: 'c-1',
  cents: -12_500,
  reason: ' Paid in cash ',
  who: 'Dana',
  ...changes,
});
const ROW = ['2026-05', 'revenue-differs', 'c-1', -125, 'Paid in cash', 'Dana', '2026-06-01'];

function workbook(
  rows: readonly unknown[][] = [],
  append: ScriptedReply = { status: 200, body: {} },
): FakeHost {
  const sheets = Object.values(OWN_TAB_TITLES).map((title, index) => ({
    properties: { sheetId: index, title, index, gridProperties: { rowCount: 501, columnCount: 7 } },
  }));
  // The Template stands first, or it would be made.
  sheets.push({
    properties: {
      sheetId: 99,
      title: 'Template',
      index: 99,
      gridProperties: { rowCount: 9, columnCount: 9 },
    },
  });
  return fakeHost({
    answer: ({ method, url }) => {
      if (url.includes('values:batchGet'))
        return {
          status: 200,
          body: { valueRanges: [{ range: 'x', values: [[...ACCEPTED_COLUMNS], ...rows] }] },
        };
      if (method === 'GET') return { status: 200, body: { spreadsheetId: 'workbook-1', sheets } };
      return url.includes(':append') ? append : { status: 200, body: {} };
    },
  });
}

function appended(host: FakeHost): unknown[] {
  return host.rounds
    .flat()
    .filter(({ url }) => url.includes(':append'))
    .flatMap(({ body }) => (JSON.parse(String(body)) as { values: unknown[] }).values);
}

test('a finding is accepted by one row under the others, which Google appends, and by one line in the log', () => {
  const host = workbook();
  expect(acceptFinding(host, request())).toMatchObject({ added: [{ code: 'revenue-differs' }], there: [] });
  expect(appended(host)).toEqual([ROW]);
  const line = 'May 2026: revenue-differs of c-1 is accepted by Dana: Paid in cash';
  expect(String(host.rounds.at(-1)?.[0]?.body)).toContain(line);
});

test('several go in one request', () => {
  const host = workbook();
  acceptAll(host, [request(), request({ about: null, cents: null, code: 'unusually-few' })]);
  expect(appended(host)).toHaveLength(2);
  expect(host.rounds.flat().filter(({ url }) => url.includes(':append'))).toHaveLength(1);
});

test('what was accepted meanwhile is not written again; of another amount, charter or month it is', () => {
  const host = workbook([ROW]);
  expect(acceptFinding(host, request())).toMatchObject({ added: [], there: [{ about: 'c-1' }] });
  expect(appended(host)).toEqual([]);
  for (const other of [{ cents: -12_501 }, { cents: null }, { about: 'c-2' }, { month: '2026-06' }])
    expect(acceptFinding(workbook([ROW]), request(other)).added).toHaveLength(1);
});

test('of two findings that read the very same the second can be accepted as well', () => {
  expect(acceptFinding(workbook([ROW]), request({ before: 1 })).added).toHaveLength(1);
  expect(acceptAll(workbook(), [request(), request()]).added).toHaveLength(2);
});

test.each<[string, Partial<AcceptRequest>, RegExp]>([
  ['no reason', { reason: ' \n' }, /No reason is given for revenue-differs/],
  ['no name', { who: '' }, /Nobody is named who accepts revenue-differs/],
  ['no month', { month: 'May' }, /“May” is not a month/],
  [
    'what nobody can accept',
    { code: 'item-unreadable' },
    /Nobody can accept a finding of the kind item-unreadable/,
  ],
  ['a kind that there is not', { code: 'nonsense' as FindingCode }, /of the kind nonsense/],
])('with %s nothing at all is accepted', (_what, changes, words) => {
  const host = workbook();
  const error = errorOf(() => acceptAll(host, [request({ about: 'c-0' }), request(changes)]));
  expect(error.code).toBe('acceptance-refused');
  expect(error.message).toMatch(words);
  expect(host.rounds).toEqual([]);
});

test('an unclear answer is told, the row is not written twice, and the log says nothing', () => {
  const host = workbook([], { status: 503 });
  expect(errorOf(() => acceptFinding(host, request())).code).toBe('service-unavailable');
  expect(appended(host)).toHaveLength(1);
  expect(host.rounds.at(-1)?.[0]?.url).toContain(':append');
});
