import fc from 'fast-check';
import {
  addMonths,
  dateLabel,
  dateOfSerial,
  dateSerial,
  firstDay,
  isClockTime,
  isIsoDate,
  isMonth,
  lastDay,
  monthFromLabel,
  monthLabel,
  monthOf,
} from '../../src/statement/month.ts';

const anyDate = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

// Day 0 is 1899-12-30: https://developers.google.com/workspace/sheets/api/guides/formats#about_date_time_values
test.each([
  ['1900-01-01', 2],
  ['1970-01-01', 25_569],
  ['2026-05-14', 46_156],
  ['2024-02-29', 45_351],
])('%s is day %i of a spreadsheet', (date, serial) => {
  expect(dateSerial(date)).toBe(serial);
  expect(dateOfSerial(serial)).toBe(date);
});

test('every day keeps its date as a serial number, and neighbours differ by one', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      expect(isIsoDate(date)).toBe(true);
      expect(dateOfSerial(dateSerial(date))).toBe(date);
      expect(isMonth(monthOf(date))).toBe(true);
    }),
  );
});

test.each([46_156.5, Number.NaN, 1e15, -1e9, 200_000])('serial %d is no date that Purser knows', (serial) => {
  expect(dateOfSerial(serial)).toBeNull();
});

test.each([
  '2026-02-29',
  '2100-02-29',
  '2026-04-31',
  '2026-00-10',
  '2026-13-01',
  '2026-05-00',
  '2026-5-14',
  '2026-05-14T17:30',
  ' 2026-05-14',
  '05/14/2026',
  '0202-05-14',
  '',
])('“%s” is not a date', (text) => {
  expect(isIsoDate(text)).toBe(false);
});

test('leap days are dates', () => {
  expect(isIsoDate('2024-02-29')).toBe(true);
  expect(isIsoDate('2000-02-29')).toBe(true);
});

test.each([
  ['00:00', true],
  ['23:59', true],
  ['24:00', false],
  ['7:30', false],
  ['17:60', false],
  ['17:30:00', false],
  ['5 pm', false],
])('%s as a departure: %s', (text, is) => {
  expect(isClockTime(text)).toBe(is);
});

test('months go over the turn of the year, both ways', () => {
  expect(addMonths('2026-12', 1)).toBe('2027-01');
  expect(addMonths('2026-01', -1)).toBe('2025-12');
  expect(addMonths('2026-05', -12)).toBe('2025-05');
  fc.assert(
    fc.property(
      fc.integer({ min: 1950, max: 2100 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: -500, max: 500 }),
      (year, number, count) => {
        const month = `${year}-${String(number).padStart(2, '0')}`;
        expect(addMonths(addMonths(month, count), -count)).toBe(month);
      },
    ),
  );
});

test('a month has its first and last day, in leap years too', () => {
  expect([firstDay('2026-05'), lastDay('2026-05')]).toEqual(['2026-05-01', '2026-05-31']);
  expect(lastDay('2024-02')).toBe('2024-02-29');
  expect(lastDay('2026-02')).toBe('2026-02-28');
});

test('a month is read as people write it and as it is shown', () => {
  expect(monthFromLabel('2026-05')).toBe('2026-05');
  expect(monthFromLabel(' may  2026 ')).toBe('2026-05');
  for (const wrong of ['May', '2026', 'Mai 2026', '2026-13', 'May 2026 (old)', 'May 26', '']) {
    expect(monthFromLabel(wrong)).toBeNull();
  }
  fc.assert(
    fc.property(anyDate, (date) => {
      expect(monthFromLabel(monthLabel(monthOf(date)))).toBe(monthOf(date));
    }),
  );
});

test('dates in text are for people', () => {
  expect(dateLabel('2026-05-04')).toBe('May 4, 2026');
  expect(monthLabel('2026-12')).toBe('December 2026');
});
