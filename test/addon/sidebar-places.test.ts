/** Where the sidebar’s links lead, and when the workbook’s wall clock shows what it says. */
import { linkView } from '../../src/addon/sidebar/links.ts';
import { momentAt, momentOfCell } from '../../src/addon/sidebar/moments.ts';

describe('a link', () => {
  it.each([
    ['https://mail.google.com/mail/u/0/#all/18c', 'mail'],
    ['https://docs.google.com/spreadsheets/d/1x/edit#gid=7&range=B7', 'cell'],
    ['https://drive.google.com/file/d/1x/view', 'trip-sheet'],
    ['https://drive.google.com/file/d/1x/view?usp=drivesdk', 'file'],
    ['https://us-west-2.console.aws.amazon.com/dynamodbv2/home?region=us-west-2#edit-item', 'region'],
    ['https://example.com/console.aws.amazon.com', 'page'],
  ] as const)('%s leads to a %s', (url, kind) => {
    expect(linkView('There', url)).toEqual({ kind, label: 'There', url });
  });

  it.each([
    'javascript:alert(1)',
    'http://mail.google.com/',
    'data:text/html,<script>',
    'https://x.example/"onmouseover="alert(1)',
    'https://x.example/<img>',
    ' https://x.example/',
    '',
  ])('to %j leads nowhere, and its label stays', (url) => {
    expect(linkView('<b>There</b>', url)).toMatchObject({ label: '<b>There</b>', url: null });
  });
});

describe('a moment of the wall clock', () => {
  const host = {
    localTime: (ms: number, timeZone: string) => {
      const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
        timeZone,
        dateStyle: 'short',
        timeStyle: 'short',
      })
        .format(ms)
        .split(' ');
      return { date, time };
    },
  };

  it.each([
    ['2026-06-01', '06:00', 'America/New_York', '2026-06-01T10:00:00.000Z'],
    ['2026-01-01', '06:00', 'America/New_York', '2026-01-01T11:00:00.000Z'],
    // The clocks went forward at two.
    ['2026-03-08', '03:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2026-03-08', '00:30', 'America/New_York', '2026-03-08T05:30:00.000Z'],
    ['2026-06-01', '00:00', 'Pacific/Auckland', '2026-05-31T12:00:00.000Z'],
    ['2026-06-01', '12:00', 'Asia/Kathmandu', '2026-06-01T06:15:00.000Z'],
  ])('%s %s in %s is %s', (date, time, timeZone, moment) => {
    expect(momentAt(host, date, time, timeZone)).toBe(moment);
    expect(momentOfCell(host, `${date} ${time}`, timeZone)).toBe(moment);
  });

  it.each(['', 'yesterday', '2026-06-01', '2026-06-01T06:00', '2026-99-01 06:00'])('%j is none', (cell) => {
    expect(momentOfCell(host, cell, 'America/New_York')).toBeNull();
  });
});
