import { readCalendar, readCalendarWords } from '../../src/workbook/calendar-settings.ts';

const GROUP = 'c_1f0ab2@group.calendar.google.com';
const base64 = Buffer.from(GROUP).toString('base64');

function read(value: string) {
  const problems: string[] = [];
  const id = readCalendar(value, (why) => problems.push(why));
  return { id, problems };
}

test.each([
  ['', null],
  ['primary', 'primary'],
  ['Primary', 'primary'],
  [GROUP, GROUP],
  ['Nora@BlueHeron.example', 'nora@blueheron.example'],
  ['en.usa#holiday@group.v.calendar.google.com', 'en.usa#holiday@group.v.calendar.google.com'],
  [`https://calendar.google.com/calendar/u/0?cid=${base64}`, GROUP],
  [`https://calendar.google.com/calendar/u/0/r?cid=${base64.replace(/=+$/, '')}&pli=1`, GROUP],
  [`https://calendar.google.com/calendar?cid=${encodeURIComponent(base64)}`, GROUP],
  [`https://calendar.google.com/calendar/r?cid=${encodeURIComponent(GROUP)}`, GROUP],
  [
    `https://calendar.google.com/calendar/embed?height=600&src=${encodeURIComponent(GROUP)}&ctz=America%2FNew_York`,
    GROUP,
  ],
  [`calendar.google.com/calendar/embed?src=${GROUP}`, GROUP],
  [`https://calendar.google.com/calendar/ical/${encodeURIComponent(GROUP)}/public/basic.ics`, GROUP],
  [`https://calendar.google.com/calendar/u/0/r/settings/calendar/${base64.replace(/=+$/, '')}`, GROUP],
])('%s names the calendar %s', (value, id) => {
  expect(read(value)).toEqual({ id, problems: [] });
});

test.each([
  'Charters',
  'c_1f0ab2',
  'a b@x.example',
  'nora@example',
  '\ud800@x.example',
  'nora@x.example\nbo@x.example',
  `${'a'.repeat(250)}@x.example`,
  'https://calendar.google.com/calendar/u/0/r',
  'https://calendar.google.com/calendar/u/0?cid=%E0%A4%A',
  'https://calendar.google.com/calendar/u/0?cid=!!!!',
  'https://calendar.google.com/calendar/u/0?cid=AAEC',
  'https://evil.example/?id=nora@x.example',
])('%j is neither the link nor the id of a calendar', (value) => {
  expect(read(value).problems).toEqual([
    expect.stringMatching(/^“.*” is neither the link nor the id of a Google calendar\.$/s),
  ]);
});

test('a link to several calendars is refused, one calendar twice is not', () => {
  const link = (...ids: readonly string[]) =>
    `https://calendar.google.com/calendar/embed?${ids.map((id) => `src=${id}`).join('&')}`;
  expect(read(link('a@x.example', 'b@x.example')).problems).toEqual([
    expect.stringContaining('names several calendars'),
  ]);
  expect(read(link('a@x.example', 'a@x.example')).id).toBe('a@x.example');
});

test('words are folded, each once, several in one when they stand together', () => {
  expect(readCalendarWords(' Charter, CRUISE;tour\nHarbor  Tour , Croisière,, charter')).toEqual([
    'charter',
    'cruise',
    'tour',
    'harbor tour',
    'croisiere',
  ]);
  expect(readCalendarWords('')).toEqual([]);
});
