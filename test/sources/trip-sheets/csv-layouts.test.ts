import { encode, only, readCsv } from './build-files.ts';

const said = (charterId: string | null, date: string, departs: string, vessel: string) => ({
  charterId,
  date,
  departs,
  vessel,
});
const clean = { problems: [] };

test('a heading of labels and a list of parties with totals is read whole', () => {
  const trip = only(
    readCsv(
      `Trip sheet,Blue Heron Charters
Charter,BH-2026-05-009
Date,"May 9, 2026"
Departed,10:00
Returned,12:10
Vessel,Étoile du Nord
Captain,Zoë Müller
Weather,"W 14 kn, light chop"

Booking,Guest,Aboard,Comps,Note
HB-45164,Chloë Grant,4,0,
HB-45167,Jürgen Weiß,2,0,
,"Dana Whitlock of the Bay Weekly, trade for an article",1,1,comp
Total,,7,1,
`,
    ),
  );
  expect(trip).toStrictEqual({
    fileId: 'file-1',
    fileName: 'sheet.csv',
    tab: '',
    ...said('BH-2026-05-009', '2026-05-09', '10:00', 'Étoile du Nord'),
    boarded: 7,
    noShows: null,
    guestNames: ['Chloë Grant', 'Jürgen Weiß', 'Dana Whitlock of the Bay Weekly'],
    comps: [{ person: 'Dana Whitlock of the Bay Weekly', heads: 1, reason: 'trade for an article' }],
    signedBy: null,
    problems: [],
    notes: [],
  });
});

test('a row for each guest with a status counts who came, who did not, and who did not pay', () => {
  const trip = only(
    readCsv(
      `Charter ID: BH-2026-05-014;;
Date: Thu 14 May 2026;;
Departure: 5:30 PM;;
Boat: Blue Heron;;
;;
Name;Status;Comp reason
Anna Smith;boarded;
Ben Smith;Boarded;
Cara Jones;no-show;
Dan Lee;comp;Crew friend
Signed: J. Núñez;;
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said('BH-2026-05-014', '2026-05-14', '17:30', 'Blue Heron'),
    boarded: 3,
    noShows: 1,
    guestNames: ['Anna Smith', 'Ben Smith', 'Cara Jones', 'Dan Lee'],
    comps: [{ person: 'Dan Lee', heads: 1, reason: 'Crew friend' }],
    signedBy: 'J. Núñez',
    ...clean,
  });
});

test('ticks in a column of their own: a blank is a guest who did not come', () => {
  const trip = only(
    readCsv(
      `Date\t5/14/2026\tTime\t17:30\tVessel\tBlue Heron
#\tPassenger name\tAboard\tSignature
1\tAnna Smith\tx\tA.S.
2\tBen Smith\t✓\t
3\tCara Jones\t\t
4\t\t\t
5\t\t\t
Boarded: 2\tNo-shows: 1
Captain: Tom Riordan\tSigned: x
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said(null, '2026-05-14', '17:30', 'Blue Heron'),
    boarded: 2,
    noShows: 1,
    guestNames: ['Anna Smith', 'Ben Smith', 'Cara Jones'],
    signedBy: 'Tom Riordan',
    ...clean,
  });
});

test('parties that booked more than came: the difference did not show', () => {
  const trip = only(
    readCsv(
      `Trip no|T-0514|Date|2026-05-14|Departs|1730|Ship|Blue Heron
Party name|Party size|Boarded
Smith|4|4
Jones|3|2
Lee|2|0
TOTAL|9|6
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said('T-0514', '2026-05-14', '17:30', 'Blue Heron'),
    boarded: 6,
    noShows: 3,
    guestNames: ['Smith', 'Jones', 'Lee'],
    ...clean,
  });
});

test('two header rows, the upper one over several columns', () => {
  const trip = only(
    readCsv(
      `Date,05/14/2026
Departure,17:30
Vessel,Blue Heron
Guests,,Headcount,,Comps,
Name,Ref,Boarded,No-show,Person,Reason
Smith,HB-1,4,0,,
Jones,HB-2,3,1,Ann Jones,apology for May 1
Total,,7,1,,
`,
    ),
  );
  expect(trip).toMatchObject({
    boarded: 7,
    noShows: 1,
    guestNames: ['Smith', 'Jones'],
    comps: [{ person: 'Ann Jones', heads: 1, reason: 'apology for May 1' }],
    ...clean,
  });
});

test('first and last names in columns of their own, adults and children counted together', () => {
  const trip = only(
    readCsv(
      `Trip date,"14-May-26"
Departure time,5:30pm
Boat name,Blue Heron
First name,Last name,Adults,Children
Anna,Smith,2,1
José,Núñez,1,
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said(null, '2026-05-14', '17:30', 'Blue Heron'),
    boarded: 4,
    noShows: null,
    guestNames: ['Anna Smith', 'José Núñez'],
    ...clean,
  });
});

test('a table with one row a trip gives one trip a row', () => {
  const trips = readCsv(
    `Charter log,,,,,,,
Date,Departure,Vessel,Captain,Guests,No shows,Comps,Comp details,Signed
5/14/2026,10:00,Blue Heron,Tom Riordan,12,0,0,,TR
,14:00,Blue Heron,Tom Riordan,9,1,1,Dana Whitlock (trade),x
5/15/2026,10:00,Étoile du Nord,Zoë Müller,20,,2,Ann Lee - press; Bob Ray - crew friend,
`,
  );
  expect(trips).toMatchObject([
    {
      ...said(null, '2026-05-14', '10:00', 'Blue Heron'),
      boarded: 12,
      noShows: 0,
      comps: [],
      signedBy: 'TR',
      ...clean,
    },
    {
      ...said(null, '2026-05-14', '14:00', 'Blue Heron'),
      boarded: 9,
      noShows: 1,
      comps: [{ person: 'Dana Whitlock', heads: 1, reason: 'trade' }],
      signedBy: 'Tom Riordan',
      ...clean,
    },
    {
      ...said(null, '2026-05-15', '10:00', 'Étoile du Nord'),
      boarded: 20,
      noShows: null,
      comps: [
        { person: 'Ann Lee', heads: 1, reason: 'press' },
        { person: 'Bob Ray', heads: 1, reason: 'crew friend' },
      ],
      signedBy: null,
      ...clean,
    },
  ]);
});

test('a table of guests with the trip in each row is parted into its trips', () => {
  const trips = readCsv(
    `Charter,Date,Departure,Boat,Guest,Pax,Status
BH-1,2026-05-14,10:00,Blue Heron,Smith,4,boarded
,,,,Jones,2,no show
BH-2,2026-05-14,14:00,Blue Heron,Lee,3,boarded
BH-2,2026-05-14,14:00,Blue Heron,Ray,1,comp - crew friend
`,
  );
  expect(trips).toMatchObject([
    {
      ...said('BH-1', '2026-05-14', '10:00', 'Blue Heron'),
      boarded: 4,
      noShows: 2,
      guestNames: ['Smith', 'Jones'],
      ...clean,
    },
    {
      ...said('BH-2', '2026-05-14', '14:00', 'Blue Heron'),
      boarded: 4,
      noShows: 0,
      comps: [{ person: 'Ray', heads: 1, reason: 'crew friend' }],
      ...clean,
    },
  ]);
});

test('several sheets below each other in one file are several trips', () => {
  const trips = readCsv(
    `Charter,BH-1
Date,2026-05-14
Departs,10:00
Vessel,Blue Heron
Guest,Boarded
Smith,4
Total,4
Signed,Tom Riordan,Date,5/15/2026

Charter,BH-2
Date,2026-05-14
Departs,14:00
Vessel,Blue Heron
Guest,Boarded
Jones,3
Total,3
Signed,
`,
  );
  expect(trips).toMatchObject([
    { ...said('BH-1', '2026-05-14', '10:00', 'Blue Heron'), boarded: 4, signedBy: 'Tom Riordan', ...clean },
    { ...said('BH-2', '2026-05-14', '14:00', 'Blue Heron'), boarded: 3, signedBy: null, ...clean },
  ]);
});

test('the trips of one day, each below a title with its time and vessel', () => {
  const trips = readCsv(
    `"Saturday, May 9, 2026",,
10:00 Étoile du Nord,,
Guest,Party,Boarded
Grant,4,4
2:00 PM – Blue Heron,,
Guest,Party,Boarded
Weiß,2,1
`,
  );
  expect(trips).toMatchObject([
    { ...said(null, '2026-05-09', '10:00', 'Étoile du Nord'), boarded: 4, noShows: 0, ...clean },
    { ...said(null, '2026-05-09', '14:00', 'Blue Heron'), boarded: 1, noShows: 1, ...clean },
  ]);
});

test('a heading with a row of labels above a row of values', () => {
  const trip = only(
    readCsv(
      `Date,Departure,Vessel,Captain

5/14/2026,17:30,Blue Heron,Tom Riordan

Guests,Count
Smith,4
Jones,2
`,
    ),
  );
  expect(trip).toMatchObject({ ...said(null, '2026-05-14', '17:30', 'Blue Heron'), boarded: 6, ...clean });
});

test('headcounts without a guest list', () => {
  const trip = only(
    readCsv(
      `Trip report for charter BH-1
Charter: BH-1, Date: May 14 2026, Departure: 17:30
Vessel - Blue Heron
12 boarded
No-shows: none
Comps: Dana Whitlock – trade for an article; Bob Ray (crew friend)
Paying guests: 10
Signature: /s/ Tom Riordan 5/14/26
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said('BH-1', '2026-05-14', '17:30', 'Blue Heron'),
    boarded: 12,
    noShows: 0,
    comps: [
      { person: 'Dana Whitlock', heads: 1, reason: 'trade for an article' },
      { person: 'Bob Ray', heads: 1, reason: 'crew friend' },
    ],
    signedBy: 'Tom Riordan',
    ...clean,
  });
});

test('names below a lone heading, one in a row, with those who did not come apart', () => {
  const trip = only(
    readCsv(
      `Date: 2026-05-14
Vessel: Blue Heron
Departure: noon
Guest list
1. Anna Smith
2. Ben Smith
No-shows
Cara Jones
Comps
Dan Lee (raffle winner)
Signed by Tom Riordan
`,
    ),
  );
  expect(trip).toMatchObject({
    departs: '12:00',
    boarded: 3,
    noShows: 1,
    guestNames: ['Anna Smith', 'Ben Smith', 'Cara Jones', 'Dan Lee'],
    comps: [{ person: 'Dan Lee', heads: 1, reason: 'raffle winner' }],
    signedBy: 'Tom Riordan',
    ...clean,
  });
});

test('the names of a party below its number are not counted twice', () => {
  const trip = only(
    readCsv(`Date,2026-05-14\nGuest,Party size\nAnna Smith,3\nBen Smith,\nCara Smith,\nDan Lee,1\n`),
  );
  expect(trip).toMatchObject({
    boarded: 4,
    guestNames: ['Anna Smith', 'Ben Smith', 'Cara Smith', 'Dan Lee'],
    ...clean,
  });
});

test('heads behind a name, and the header repeated on the next page', () => {
  const trip = only(
    readCsv(
      `Date,2026-05-14\nGuest,Status\nSmith x4,boarded\nJones +1,boarded\nGuest,Status\nLee (3),no show\n`,
    ),
  );
  expect(trip).toMatchObject({ boarded: 6, noShows: 3, guestNames: ['Smith', 'Jones', 'Lee'], ...clean });
});

test('boxes of Google Sheets: TRUE came, FALSE did not, and unticked lines without a name are nobody', () => {
  const trip = only(
    readCsv(
      `Date,2026-05-14\nGuest,Boarded,Comp,Reason for comp\nAnna,TRUE,FALSE,\nBen,FALSE,FALSE,\nCara,TRUE,TRUE,owner's sister\n,FALSE,FALSE,\n`,
    ),
  );
  expect(trip).toMatchObject({
    boarded: 2,
    noShows: 1,
    guestNames: ['Anna', 'Ben', 'Cara'],
    comps: [{ person: 'Cara', heads: 1, reason: "owner's sister" }],
    ...clean,
  });
});

test('a heading beside the guest list', () => {
  const trip = only(
    readCsv(
      `Date,5/7/2026,,Guest,Party,Status
Vessel,Heron,,Smith,4,boarded
Departure,17:30,,Jones,2,no-show
Captain,Tom,,Lee,1,comp - press
Signed,x,,Total,7,
`,
    ),
  );
  expect(trip).toMatchObject({
    ...said(null, '2026-05-07', '17:30', 'Heron'),
    boarded: 5,
    noShows: 2,
    comps: [{ person: 'Lee', heads: 1, reason: 'press' }],
    signedBy: 'Tom',
    ...clean,
  });
});

test('a form with blanks, a remark below the list, subtotals, and a total that names itself', () => {
  expect(
    only(
      readCsv(
        `Vessel,,Captain,Tom
Date,5/7/2026,Departs,
Guest,Boarded,Comp
Smith,4,
Jones,2,
Subtotal,6,
Lee,3,
Subtotal,3,
Total aboard,,9

Calm sea; one guest was seasick on the way back
Signature,______,Date,____
`,
      ),
    ),
  ).toMatchObject({
    date: '2026-05-07',
    departs: null,
    vessel: null,
    boarded: 9,
    guestNames: ['Smith', 'Jones', 'Lee'],
    comps: [],
    signedBy: null,
    ...clean,
  });
});

test('comps in a table of their own are on the guest list or beside it, as the total tells', () => {
  const sheet = (total: number) =>
    `Date,2026-05-07\nGuest,Boarded\nSmith,4\nTotal,${total}\n\nComp,Reason\nDana Whitlock,press\nSmith,\n`;
  const comps = [
    { person: 'Dana Whitlock', heads: 1, reason: 'press' },
    { person: 'Smith', heads: 1, reason: '' },
  ];
  expect(only(readCsv(sheet(4)))).toMatchObject({ boarded: 4, comps, ...clean });
  expect(only(readCsv(sheet(5)))).toMatchObject({ boarded: 5, comps, ...clean });
  expect(only(readCsv(sheet(7))).problems).toHaveLength(1);
});

test('a trip that goes on below the header of the next page is one trip', () => {
  const trips = readCsv(
    `Date,Departure,Vessel,Guest,Pax
5/7/2026,10:00,Heron,Smith,4
Date,Departure,Vessel,Guest,Pax
,,,Jones,2
`,
  );
  expect(trips).toMatchObject([{ departs: '10:00', boarded: 6, guestNames: ['Smith', 'Jones'], ...clean }]);
});

test('a comp who did not come is no comp aboard', () => {
  const text = 'Date,2026-05-07\nGuest,Status,Comps,Reason\nSmith,boarded,,\nLee,no-show,1,press\n';
  expect(only(readCsv(text))).toMatchObject({ boarded: 1, noShows: 1, comps: [], ...clean });
});

test('commas inside texts do not hide the semicolons between cells', () => {
  const text = `Date;Thursday, May 7 2026
Vessel;Heron, Blue
Guest;Boarded;Note, if any
Smith, Ann;4;
Lee, Bob;2;
`;
  expect(only(readCsv(text))).toMatchObject({
    date: '2026-05-07',
    vessel: 'Heron, Blue',
    boarded: 6,
    guestNames: ['Smith, Ann', 'Lee, Bob'],
    ...clean,
  });
});

test('words of the settings go before the known ones', () => {
  const text = 'Fahrt,F-1000\nDatum,14.05.2026\nBoot,Blue Heron\nGast,An Bord\nSchmidt,4\n';
  const synonyms = {
    charterId: ['Fahrt'],
    date: ['Datum'],
    vessel: ['Boot'],
    guest: ['Gast'],
    boarded: ['an Bord'],
  };
  expect(only(readCsv(text, { synonyms }))).toMatchObject({
    charterId: 'F-1000',
    date: '2026-05-14',
    vessel: 'Blue Heron',
    boarded: 4,
    ...clean,
  });
  expect(only(readCsv(text)).boarded).toBeNull();
});

test.each([
  'utf-8',
  'utf-8-bom',
  'utf-16le',
  'utf-16le-bom',
  'utf-16be',
  'utf-16be-bom',
  'windows-1252',
] as const)('accents survive a file in %s', (charset) => {
  const text = 'Vessel;Étoile du Nord\r\nDate;2026-05-09\r\nGuest;Boarded\r\nJosé “Pepe” Núñez – Weiß;4\r\n';
  expect(only(readCsv(encode(text, charset)))).toMatchObject({
    vessel: 'Étoile du Nord',
    boarded: 4,
    guestNames: ['José “Pepe” Núñez – Weiß'],
    ...clean,
  });
});

test.each([
  ['commas', ','],
  ['semicolons', ';'],
  ['tabs', '\t'],
  ['pipes', '|'],
])('a file with %s between cells is understood, quotes and line breaks inside cells too', (_, separator) => {
  const rows = [
    ['Date', '"May 14, 2026"'],
    ['Vessel', `"The ""Heron""; or${separator} so"`],
    ['Guest', 'Boarded'],
    ['"Anna Smith\nBen Smith"', '2'],
  ];
  const text = rows.map((row) => row.join(separator)).join('\r\n');
  expect(only(readCsv(text))).toMatchObject({
    date: '2026-05-14',
    vessel: `The "Heron"; or${separator === '\t' ? '\t' : separator} so`,
    boarded: 2,
    guestNames: ['Anna Smith', 'Ben Smith'],
    ...clean,
  });
});

test('a first line sep=; is for the program, not for people', () => {
  expect(only(readCsv('sep=;\r\nDate;2026-05-14\r\nBoarded;12\r\n'))).toMatchObject({
    date: '2026-05-14',
    boarded: 12,
    ...clean,
  });
});

test('a party of comps is one comp with its heads, and counted ones without a name stand beside it', () => {
  const text = 'Date,2026-05-07\nGuest,Boarded,Comps,Reason\nGrant,4,3,press\nWeiß,2,0,\nTotal,6,5,\n';
  const trip = only(readCsv(text));
  expect(trip.comps).toStrictEqual([
    { person: 'Grant', heads: 3, reason: 'press' },
    { person: '', heads: 2, reason: '' },
  ]);
  expect(trip.problems).toStrictEqual(['The sheet says 5 comps and lists 3.']);
});

test('a log of trips gives the comps of a row their heads', () => {
  const text =
    'Date,Vessel,Guests,Comps,Comp reason\n5/7/2026,Heron,12,99999,press\n5/8/2026,Heron,9,2,Ann Lee x2 – apology\n';
  expect(readCsv(text).map(({ comps }) => comps)).toStrictEqual([
    [{ person: '', heads: 99999, reason: 'press' }],
    [{ person: 'Ann Lee', heads: 2, reason: 'apology' }],
  ]);
});

test('comps that come in a party beside the guest list are aboard with all their heads', () => {
  const text = 'Date,2026-05-07\nGuest,Boarded\nGrant,4\nComps: Ann Lee +1 (press)\n';
  expect(only(readCsv(text))).toMatchObject({
    boarded: 6,
    comps: [{ person: 'Ann Lee', heads: 2, reason: 'press' }],
  });
});

test('more comps named than counted all stay', () => {
  const text = 'Date,2026-05-07\nGuest,Boarded,Comps,Comp person\nGrant,4,1,Ann Lee x3\n';
  expect(only(readCsv(text)).comps).toStrictEqual([{ person: 'Ann Lee', heads: 3, reason: '' }]);
});

test('a second list with another header belongs to the same trip', () => {
  const text =
    'Date,2026-05-07\nGuest,Boarded\nSmith,4\nGuest,Party,Status\nJones,2,boarded\nLee,3,no show\n';
  expect(only(readCsv(text))).toMatchObject({
    boarded: 6,
    noShows: 3,
    guestNames: ['Smith', 'Jones', 'Lee'],
    ...clean,
  });
});
