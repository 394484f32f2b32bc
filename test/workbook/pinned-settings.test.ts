import { pinnedRows } from '../../src/workbook/pinned-settings.ts';
import { readSettings } from '../../src/workbook/settings.ts';

const WORKBOOK = { title: 'Harbor Sails', timeZone: 'America/New_York', locale: 'en_US' };
const HEADER = ['Setting', 'Value'];
const read = (now: readonly (readonly string[])[], sent: readonly (readonly [string, string])[]) =>
  readSettings('Purser settings', pinnedRows([HEADER, ...now], sent), WORKBOOK);

test('what decides what a statement says is as it was sent; whom it goes to and where the charters lie is as it is now', () => {
  const settings = read(
    [
      ['standard  rate', '150.00'],
      ['Currency', 'EUR'],
      ['Charters table', 'new-table'],
      ['Charter attribute guests', 'pax'],
      ['Severities', 'stale-month = info'],
      ['Always CC', 'bank@harbor.example'],
      ['Statement recipients', 'new@partner.example'],
    ],
    [
      ['Standard rate', '125.00'],
      ['Charters table', 'old-table'],
      ['Always CC', 'old@harbor.example'],
    ],
  );
  expect(settings).toMatchObject({
    standardRateCents: 12_500,
    currency: 'USD',
    chartersTable: 'new-table',
    charterAttributes: { guests: 'pax' },
    severities: {},
    alwaysCc: [{ address: 'bank@harbor.example' }],
    recipients: [{ address: 'new@partner.example' }],
  });
});

test('a setting that the tab lacks now is still as it was sent', () => {
  expect(read([], [['Explain changes over', '5']]).explainOverPercent).toBe(5);
});

test('rows keep their places: a bad value is named with the cell that the person sees', () => {
  const now = [HEADER, ['Standard rate', '150'], ['Statement day', '40']];
  expect(() =>
    readSettings('Purser settings', pinnedRows(now, [['Standard rate', '125']]), WORKBOOK),
  ).toThrow('B3');
});
