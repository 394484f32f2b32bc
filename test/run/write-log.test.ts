/** What goes into the tab `Purser log`, and that nothing ever fails because of it. */
import type { RunEnd } from '../../src/run/log-words.ts';
import type { LogEntry } from '../../src/run/write-log.ts';
import { BY_THE_CLOCK, logEntryOf, logRun, unsaid, writeLog } from '../../src/run/write-log.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import type { FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';

const DAY_MS = 86_400_000;

/** A workbook with some of Purser's tabs that takes every write. */
function workbook(titles: readonly string[] = Object.values(OWN_TAB_TITLES), writeStatus = 200): FakeHost {
  const sheets = titles.map((title, index) => ({
    properties: { sheetId: index, title, index, gridProperties: { rowCount: 501, columnCount: 3 } },
  }));
  return fakeHost({
    answer: ({ method }) =>
      method === 'GET'
        ? {
            status: 200,
            body: {
              spreadsheetId: 'workbook-1',
              properties: { title: 'Ledger', timeZone: 'America/New_York' },
              sheets,
            },
          }
        : { status: writeStatus, body: {} },
  });
}

/** The words of all lines that were written, in the order of the rounds. */
function written(host: FakeHost): unknown[][] {
  return host.rounds.flat().flatMap(({ body }) => {
    const { requests = [] } = JSON.parse(String(body ?? '{}')) as {
      requests?: { updateCells?: { rows: { values: { userEnteredValue: { stringValue: string } }[] }[] } }[];
    };
    return requests.flatMap(({ updateCells }) =>
      (updateCells?.rows ?? []).map(({ values }) =>
        values.map(({ userEnteredValue }) => userEnteredValue.stringValue),
      ),
    );
  });
}

const failed: RunEnd = {
  month: '2026-05',
  version: 1,
  status: 'failed',
  alreadySent: false,
  statementCode: '',
  to: [],
  cc: [],
  findings: [],
  error: { code: 'network-failed', message: 'Google did not answer in 31 seconds.' },
};

test('a line says when by the workbook’s clocks, who, and what', () => {
  const host = workbook();
  writeLog(host, [{ atMs: NOW_MS, who: 'nora@harbor.example', words: 'A copy went to Ines.' }]);
  expect(written(host)).toEqual([['2026-06-01 06:00', 'nora@harbor.example', 'A copy went to Ines.']]);
  expect(host.rounds).toHaveLength(2);
  expect(host.touched).toEqual([]);
});

test('what nobody looks at is started by the clock', () => {
  expect(logEntryOf(fakeHost(), failed).who).toBe(BY_THE_CLOCK);
});

test('the same trouble every hour has one line a day, whatever its figures; another trouble has its own', () => {
  const host = workbook();
  const hour = (seconds: number): void => {
    logRun(host, {
      ...failed,
      error: { code: 'network-failed', message: `No answer in ${seconds} seconds.` },
    });
  };
  for (const seconds of [31, 32, 33]) hour(seconds);
  logRun(host, { ...failed, error: { code: 'aws-refused', message: 'AWS said no.' } });
  hour(34);
  expect(written(host)).toHaveLength(2);
  expect(host.rounds).toHaveLength(4);
  host.setNow(NOW_MS + DAY_MS);
  hour(35);
  expect(written(host)).toHaveLength(3);
});

test('a line that could not be written is written with the next try', () => {
  const host = workbook(undefined, 503);
  logRun(host, failed);
  expect(host.logged).toContainEqual({ event: 'log-not-written', code: 'service-unavailable' });
  expect([...host.document]).toEqual([]);
});

test('a run that sent has written its line itself, and one that was told no has none', () => {
  const host = workbook();
  logRun(host, { ...failed, status: 'sent' });
  logRun(host, { ...failed, status: 'sent', alreadySent: true });
  logRun(host, { ...failed, error: { code: 'month-not-over', message: 'June is not over yet.' } });
  expect(host.rounds).toEqual([]);
  expect(host.touched).toEqual([]);
});

test('a workbook that Purser was never set up in is left alone', () => {
  const host = workbook(['Sheet1']);
  logRun(host, failed);
  expect(host.rounds.flat().map(({ method }) => method)).toEqual(['GET']);
});

test('the statement of a clean month costs no property call', () => {
  const host = fakeHost();
  const entry = logEntryOf(host, { ...failed, status: 'sent' });
  unsaid(host, [entry]).remember();
  expect(host.touched).toEqual([]);
});

test('what a day has to say is kept in a property that does not grow over its limit', () => {
  const host = fakeHost();
  for (let index = 0; index < 400; index++) {
    const entry: LogEntry = { atMs: NOW_MS, who: 'x', words: '', once: `trouble ${index}` };
    const news = unsaid(host, [entry, entry]);
    expect(news.entries).toHaveLength(1);
    news.remember();
  }
  expect([...host.document.values()].join('').length).toBeLessThan(2000);
});

test('a store that fails makes no trouble of its own', () => {
  const host = workbook();
  host.breakProperties(new Error('Google had a bad day'));
  expect(() => logRun(host, failed)).not.toThrow();
  expect(host.logged).toContainEqual({ event: 'log-not-written', code: 'unexpected' });
});
