import type { Booking, BookingWord } from '../../src/statement/booking.ts';
import type { Places } from '../../src/statement/places.ts';
import { placeLinks } from '../../src/statement/places.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';

const PLACES: Places = {
  chartersTable: 'crew-dispatch',
  primaryRegion: 'us-east-1',
  secondRegion: 'us-west-2',
  workbookUrl: 'https://docs.google.com/spreadsheets/d/wb/edit',
  tabIds: { 'Purser adjustments': 71, 'Bob’s “tab”!': 5, "O'Hara": 6, Rates: 0 },
  timeZone: 'America/New_York',
};
const links = placeLinks(PLACES);

const word = (messageId: string, receivedAt: string): BookingWord =>
  ({ messageId, receivedAt }) as BookingWord;
const booking = (reference: string | null, ...history: BookingWord[]): Booking =>
  ({ reference, history, guestNames: reference === null ? ['Ana Ito'] : [] }) as unknown as Booking;

describe('a charter', () => {
  test('is linked in both regions', () => {
    expect(links.charter('BH 1/2')).toEqual([
      {
        label: 'BH 1/2 in us-east-1',
        url: 'https://us-east-1.console.aws.amazon.com/dynamodbv2/home?region=us-east-1#edit-item?itemMode=2&pk=BH%201%2F2&sk=&route=ROUTE_ITEM_EXPLORER&table=crew-dispatch',
      },
      {
        label: 'BH 1/2 in us-west-2',
        url: 'https://us-west-2.console.aws.amazon.com/dynamodbv2/home?region=us-west-2#edit-item?itemMode=2&pk=BH%201%2F2&sk=&route=ROUTE_ITEM_EXPLORER&table=crew-dispatch',
      },
    ]);
  });

  test('is linked once where there is one region, and half a character in its id breaks nothing', () => {
    const [only, ...more] = placeLinks({ ...PLACES, secondRegion: null }).charter('x\ud83d');
    expect(only?.url).toContain('pk=x%EF%BF%BD&');
    expect(more).toEqual([]);
  });
});

describe('a cell', () => {
  test.each([
    ["'Purser adjustments'!A3", '#gid=71&range=A3'],
    ["'O''Hara'!B2:C4", '#gid=6&range=B2:C4'],
    ["'Bob’s “tab”!'!D9", '#gid=5&range=D9'],
    ['Rates!A1', '#gid=0&range=A1'],
  ])('%s is linked in its tab', (cell, end) => {
    expect(links.cell(cell)).toEqual([{ label: cell, url: `${PLACES.workbookUrl}${end}` }]);
  });

  test.each(["'Gone'!A3", "'constructor'!A3", "'__proto__'!A1", 'A3', "javascript:alert(1)//'!A1"])(
    '%s, of no tab that is there, leads to the workbook',
    (cell) => {
      expect(links.cell(cell)).toEqual([{ label: cell, url: PLACES.workbookUrl }]);
    },
  );
});

describe('a booking', () => {
  test('is linked to its three newest mails, each named by its day in the workbook’s zone', () => {
    const history = ['01', '02', '03', '04'].map((day) => word(`m${day}`, `2026-05-${day}T02:00:00Z`));
    expect(links.booking(booking('HB-1', ...history))).toEqual([
      { label: 'Booking HB-1 (mail of 2026-05-03)', url: 'https://mail.google.com/mail/u/0/#all/m04' },
      { label: 'Booking HB-1 (mail of 2026-05-02)', url: 'https://mail.google.com/mail/u/0/#all/m03' },
      { label: 'Booking HB-1 (mail of 2026-05-01)', url: 'https://mail.google.com/mail/u/0/#all/m02' },
    ]);
  });

  test('is linked in the mailbox that has the mail', () => {
    const [link] = links.booking(
      booking('HB-1', { ...word('m1', '2026-05-02T12:00:00Z'), mailbox: 'office@harbor.example' }),
    );
    expect(link?.url).toBe('https://mail.google.com/mail/?authuser=office%40harbor.example#all/m1');
  });

  test('that one mail tells twice is linked once; without a reference its guest names it', () => {
    const twice = booking(null, word('m1', '2026-05-02T12:00:00Z'), word('m1', '2026-05-02T12:00:00Z'));
    expect(links.booking(twice)).toEqual([
      {
        label: 'The booking of Ana Ito (mail of 2026-05-02)',
        url: 'https://mail.google.com/mail/u/0/#all/m1',
      },
    ]);
  });
});

test('a trip sheet is linked by its file', () => {
  const sheet = { fileId: 'a/b', fileName: 'Sheet\n7.csv' } as TripSheet;
  expect(links.tripSheet(sheet)).toEqual([
    { label: 'Sheet 7.csv', url: 'https://drive.google.com/file/d/a%2Fb/view' },
  ]);
});
