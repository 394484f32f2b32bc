import { readDate, readTime } from '../../../src/sources/trip-sheets/dates.ts';

test.each([
  ['2026-05-07', '2026-05-07'],
  ['2026/5/7', '2026-05-07'],
  ['20260507', '2026-05-07'],
  ['May 7, 2026', '2026-05-07'],
  ['Thursday, May 7th, 2026', '2026-05-07'],
  ['Thu 7 May 2026', '2026-05-07'],
  ['7th of May 2026', '2026-05-07'],
  ['07-May-26', '2026-05-07'],
  ["7 May '26", '2026-05-07'],
  ['MAY 7 2026', '2026-05-07'],
  ['Sept. 7, 2026', '2026-09-07'],
  ['5/7/2026', '2026-05-07'],
  ['5/7/26', '2026-05-07'],
  ['05-07-2026', '2026-05-07'],
  ['25/5/2026', '2026-05-25'],
  ['7.5.2026', '2026-05-07'],
  ['May 7, 2026 17:30', '2026-05-07'],
  ['2026-05-07T17:30', '2026-05-07'],
  ['Trip of 5/7/2026 on Blue Heron', '2026-05-07'],
])('%s is %s where the month comes first', (text, date) => {
  expect(readDate(text, 'month-first')).toMatchObject({ date, problem: null });
});

test.each([
  ['5/7/2026', '2026-07-05', '2026-05-07'],
  ['25/5/2026', '2026-05-25', null],
  ['5/25/2026', '2026-05-25', null],
  ['7/7/2026', '2026-07-07', null],
  ['Thu 5/7/2026', '2026-05-07', null],
])('%s is %s where the day comes first, and %s could be meant', (text, date, other) => {
  expect(readDate(text, 'day-first')).toMatchObject({ date, other, problem: null });
});

test.each(['Maya Lee', 'Marina 5', '17:30', 'Pier 4', '12', '1/2', 'Dec', '555-123-4567', '1.2.3.4'])(
  '%s is no date',
  (text) => {
    expect(readDate(text, 'month-first')).toMatchObject({ date: null, problem: null });
  },
);

test.each([
  ['17:30', '17:30'],
  ['5:30 PM', '17:30'],
  ['5:30pm', '17:30'],
  ['5.30 p.m.', '17:30'],
  ['5 PM', '17:00'],
  ['5p', '17:00'],
  ['12:15 AM', '00:15'],
  ['12 pm', '12:00'],
  ['noon', '12:00'],
  ['midnight', '00:00'],
  ['1730', '17:30'],
  ['1730 hrs', '17:30'],
  ['17h30', '17:30'],
  ['17.30', '17:30'],
  ['17:30:00', '17:30'],
  ['17:30 - 19:30', '17:30'],
  ['5:00–7:00 PM', '17:00'],
  ['11-1 pm', '11:00'],
  ['0.75', '18:00'],
  ['Sunset cruise at 6:45 PM', '18:45'],
])('%s is %s', (text, time) => {
  expect(readTime(text)).toMatchObject({ time, unsure: false });
});

test.each(['Pier 4', 'twelve', '25:00', '12:75', '2026', 'Blue Heron', '4 anchors'])(
  '%s is no time',
  (text) => {
    // `2026` would be 20:26 on a clock of 24 hours.
    expect(readTime(text).time).toBe(text === '2026' ? '20:26' : null);
  },
);

test('half past five without more may be either half of the day', () => {
  expect(readTime('5:30')).toMatchObject({ time: '05:30', unsure: true });
  expect(readTime('05:30')).toMatchObject({ time: '05:30', unsure: false });
  expect(readTime('9:30')).toMatchObject({ time: '09:30', unsure: false });
});
