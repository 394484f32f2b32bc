import type { CharterItem } from '../../scripts/local/generate.ts';
import { generateMonth } from '../../scripts/local/generate.ts';
import { generateEvidence } from '../../scripts/local/generate-evidence.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item, Scene } from '../tools/scene.ts';
import { charter } from '../tools/scene.ts';
import { codes, openXlsx, rowValues, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const GENERATED = generateMonth({ month: '2026-05', charters: 300, seed: 7 });
const EVIDENCE = generateEvidence(GENERATED, { seed: 7 });

/** The clean month of 300 with all its papers, and what the ledger says instead. */
function scene(charters: readonly Item[] = items(), more: Partial<Scene> = {}): Scene {
  return {
    charters,
    roster: GENERATED.roster.map((member) => ({ ...member })),
    bookingMail: EVIDENCE.mails.map(({ eml }) => eml),
    tripSheets: EVIDENCE.tripSheets,
    ...more,
  };
}

function items(): Item[] {
  return GENERATED.charters.map((charter) => ({ ...charter }));
}

/** Charters about which there is nothing to be said, one for each lie. */
const PLAIN = GENERATED.charters.filter(
  (one) =>
    one.status === 'completed' &&
    one.kind === 'public' &&
    one.comps === 0 &&
    one.bookingRefs.length > 0 &&
    [one.ratePerPerson, one.flatPrice, one.discount, one.refund, one.noShows].every((value) => !value),
);

interface Lie {
  readonly what: string;
  /** The ledger's item instead of the true one; null takes it out. */
  tell(item: CharterItem): Item | null;
  /** Code and cents of all that is found about that charter. */
  found(item: CharterItem): readonly string[];
}

const LIES: readonly Lie[] = [
  {
    what: 'revenue typed ten dollars too high',
    tell: (item) => ({ ...item, revenueTotal: item.revenueTotal + 10 }),
    found: () => ['revenue-differs 1000'],
  },
  {
    what: 'a guest more than mail and sheet say, and paid for',
    tell: (item) => ({ ...item, guests: item.guests + 1, revenueTotal: item.revenueTotal + 125 }),
    found: () => ['guests-differ 12500'],
  },
  {
    what: 'a paying guest entered as a comp',
    tell: (item) => ({
      ...item,
      comps: 1,
      compNotes: 'Dana Whitlock, travel writer',
      revenueTotal: item.revenueTotal - 125,
    }),
    found: () => ['amount-differs -12500'],
  },
  {
    what: 'a rate that nobody agreed to',
    tell: (item) => ({ ...item, ratePerPerson: 375, revenueTotal: item.guests * 375 }),
    found: (item) => [`rate-outlier ${item.guests * 25_000}`],
  },
  {
    what: 'cancelled in the ledger, though it sailed',
    tell: (item) => ({ ...item, status: 'cancelled', guests: 0, revenueTotal: 0 }),
    found: (item) => [`cancelled-but-paid ${Math.round(item.revenueTotal * 100)}`],
  },
  {
    what: 'another vessel in the ledger',
    tell: (item) => ({ ...item, vessel: 'Zephyr' }),
    found: () => ['sailing-differs', 'sailing-differs'],
  },
];

function told(lies: ReadonlyMap<string, Lie>): Item[] {
  return GENERATED.charters.flatMap((item): Item[] => {
    const lie = lies.get(item.charterId);
    const said = lie === undefined ? { ...item } : lie.tell(item);
    return said === null ? [] : [said];
  });
}

describe('a month of 300 charters with mail and trip sheets', () => {
  it('is sent without a finding when all three witnesses agree, and each mail is read once', async () => {
    await purser.begin(scene());
    expect(purser.send('2026-05', { yes: false })).toMatchObject({ status: 'ready', findings: [] });
    const read = bodies().length;
    expect(read).toBe(EVIDENCE.mails.length);
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    expect(bodies()).toHaveLength(read);
  }, 60_000);

  it('shows each planted difference with its cents, and nothing else', async () => {
    const lies = new Map(LIES.map((lie, index) => [PLAIN[index * 3]?.charterId ?? '', lie]));
    const away = GENERATED.charters.find(
      ({ charterId, status }) =>
        status === 'completed' && !lies.has(charterId) && charterId > 'GN-2026-05-00150',
    );
    const added = {
      ...PLAIN[80],
      charterId: 'X-NOWHERE',
      bookingRefs: [],
      departs: '21:00',
      vessel: 'Ghost',
    };
    const letter = mail({ subject: 'Booking confirmed: HB-99999', body: 'Booking: HB-99999\nDate: 5 May' });
    await purser.begin(
      scene([...told(lies).filter(({ charterId }) => charterId !== away?.charterId), added], {
        bookingMail: [...EVIDENCE.mails.map(({ eml }) => eml), letter],
        tripSheets: [
          ...EVIDENCE.tripSheets,
          { name: 'Odd.csv', bytes: Buffer.from('nothing, of, use\n1, 2, 3\n') },
        ],
        settings: { 'Statement recipients': 'grace@partner.example, new@partncr.example' },
      }),
    );
    const report = purser.send();
    const expected = [...lies].flatMap(([charterId, lie]) => {
      const item = GENERATED.charters.find((one) => one.charterId === charterId);
      return item === undefined ? [] : lie.found(item).map((words) => `${charterId} ${words}`);
    });
    const gone = away === undefined ? [] : away.bookingRefs.map(() => 'booking-without-charter');
    expect(report.status).toBe('held');
    expect(found(report).filter((line) => line.startsWith('GN-'))).toEqual(expected.sort());
    expect(
      found(report)
        .filter((line) => !line.startsWith('GN-'))
        .map((line) => line.split(' ')[1])
        .sort(),
    ).toEqual(
      [
        ...gone,
        'booking-without-charter',
        'charter-without-booking',
        'recipient-new-domain',
        'recipients-changed',
        'trip-sheet-missing',
        'trip-sheet-unreadable',
        'trip-sheet-without-charter',
      ].sort(),
    );
    for (const { message, links, code } of report.findings) {
      expect(message).toMatch(/\.$/);
      if (!code.startsWith('recipient')) expect(links.length).toBeGreaterThan(0);
    }
    const audit = await purser.tab('Audit May 2026');
    const shown = Object.values(audit.cells).map(({ input }) => input);
    for (const { code, message } of report.findings) {
      expect(shown).toContain(code);
      expect(shown).toContain(message);
    }
  }, 60_000);
});

/** Charter, code and cents, sorted. */
function found(report: RunReport): string[] {
  return report.findings
    .map(({ code, charterId, cents }) => `${charterId ?? '-'} ${code} ${cents ?? ''}`.trim())
    .sort();
}

function bodies(): string[] {
  return purser
    .trace()
    .map(({ request }) => request.url)
    .filter((url) => url.includes('format=full'));
}

function mail({ subject, body }: { subject: string; body: string }): Uint8Array {
  const lines = [
    'From: Desk <desk@agent.example>',
    'To: nora@harbor.example',
    `Subject: ${subject}`,
    'Date: Fri, 15 May 2026 12:00:00 +0000',
    `Message-ID: <${subject.replace(/\W/g, '')}@agent.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    body,
  ];
  return Buffer.from(lines.join('\r\n'));
}

const ONE = charter('C-1', { bookingRefs: ['HB-1'] });
const CONFIRMED = mail({
  subject: 'Booking confirmed: HB-1',
  body: 'Booking: HB-1\nGuest: Ann Lee\nVessel: Vessel C-1\nDate: May 9, 2026\nDeparts: 10:00\nGuests: 8\nTotal: $1,000.00',
});
const SHEET = {
  name: 'C-1.csv',
  bytes: Buffer.from(
    'Charter,C-1\nDate,"May 9, 2026"\nDeparture,10:00\nVessel,Vessel C-1\nBoarded,8\nSigned by,Tom Archer\n',
  ),
};
const small: Scene = { charters: [ONE], bookingMail: [CONFIRMED], tripSheets: [SHEET] };

describe('what a person writes into the tabs', () => {
  const write = async (tab: string, cells: readonly string[], row = 2): Promise<void> => {
    for (const [column, text] of cells.entries()) {
      if (text !== '') await purser.type(tab, `${'ABCDEFG'[column]}${row}`, text);
    }
  };

  it('as an adjustment is in the figures, printed as a footnote, and still there after a re-run', async () => {
    await purser.begin({ ...small, charters: [{ ...ONE, revenueTotal: 875 }] });
    const row = ['2026-05', 'C-1', 'refund', '125.00', 'one guest was seasick', 'Nora'];
    await write('Purser adjustments', row);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', findings: [], totals: { reportableCents: 87_500 } });
    const book = await openXlsx(xlsxOf(report));
    const words: unknown[] = [];
    book.worksheets[0]?.eachRow((cells) => cells.eachCell(({ value }) => void words.push(value)));
    expect(words.join('\n')).toContain('refund of $125.00 added, one guest was seasick (Nora)');
    expect(Object.values(rowValues(await purser.tab('Purser adjustments'), 2)).map(String)).toEqual(
      row.map((text) => text.replace('125.00', '125')),
    );
  });

  it('as an adjustment of a charter that is nowhere holds the month, with the cell', async () => {
    await purser.begin(small);
    await write('Purser adjustments', ['2026-05', 'C-9', 'refund', '125.00', 'seasick', 'Nora']);
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(report.findings).toMatchObject([{ code: 'adjustment-unreadable', severity: 'block' }]);
    expect(report.findings[0]?.message).toContain("'Purser adjustments'!B2");
    expect(report.findings[0]?.links[0]?.url).toContain('range=B2');
  });

  it('carries a finding forward: it weighs less, and comes back next month until it is resolved', async () => {
    await purser.begin({ ...small, charters: [{ ...ONE, revenueTotal: 1025 }] });
    expect(purser.send()).toMatchObject({
      status: 'held',
      findings: [{ code: 'revenue-differs', cents: 2500 }],
    });
    await write('Purser carried forward', [
      '2026-05',
      'revenue-differs',
      'C-1',
      '25.00',
      'the agent will credit it in June',
      'Nora',
    ]);
    const sent = purser.send();
    expect(sent).toMatchObject({ status: 'sent', findings: [{ code: 'revenue-differs', severity: 'warn' }] });
    expect(sent.findings[0]?.message).toContain('Carried forward by Nora: the agent will credit it in June');
    purser.at('2026-07-01');
    const june = purser.preview('2026-06');
    const back = june.findings.find(({ code }) => code === 'carried-forward');
    expect(back).toMatchObject({ severity: 'warn', charterId: 'C-1', cents: 2500 });
    await write('Purser carried forward', ['', '', '', '', '', '', 'credited June 20']);
    expect(codes(purser.preview('2026-06'))).not.toContain('carried-forward');
  });

  it('over a row of the evidence tab does not count, is told, and the mail is read again', async () => {
    await purser.begin(small);
    purser.send('2026-05', { yes: false });
    await purser.type('Purser evidence', 'G2', '9');
    const report = purser.send();
    expect(report).toMatchObject({
      status: 'sent',
      findings: [{ code: 'evidence-changed', severity: 'info' }],
    });
    expect(report.findings[0]?.message).toContain("'Purser evidence'!A2");
    expect(bodies()).toHaveLength(2);
  });
});

describe('a witness that can’t be heard', () => {
  it('because the trip sheets folder is not there holds the month, and calls no sheet missing', async () => {
    await purser.begin({
      ...small,
      tripSheets: [],
      settings: { 'Trip sheets folder': '1nobodyhasthisfolder' },
    });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['trip-sheets-unreachable']);
  });

  it('because Gmail won’t list its mail holds the month, and calls no booking missing for sure', async () => {
    await purser.begin(small);
    await purser.faults({
      host: 'gmail',
      match: encodeURIComponent('(-in:sent)'),
      play: { answer: { status: 400, body: '{}' } },
    });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toContain('evidence-incomplete');
    await purser.faults();
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
  });

  it('is not missed when nobody has said where it is', async () => {
    await purser.begin({ charters: [ONE] });
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    expect(bodies()).toEqual([]);
  });
});

test('a preview reads mail and sheets and writes nothing', async () => {
  await purser.begin(small);
  const before = await purser.tab('Purser evidence');
  expect(purser.preview()).toMatchObject({ status: 'ready', findings: [] });
  expect(bodies()).toHaveLength(1);
  expect((await purser.tab('Purser evidence')).cells).toEqual(before.cells);
});

test('the audit tab is replaced when the month is posted again, and nothing is left beside it', async () => {
  await purser.begin({ ...small, charters: [{ ...ONE, revenueTotal: 1025 }] });
  purser.send();
  const held = await purser.tab('Audit May 2026');
  expect(Object.values(held.cells).map(({ input }) => input)).toContain('revenue-differs');
  await purser.recharter([ONE]);
  expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
  const sent = await purser.tab('Audit May 2026');
  expect(Object.values(sent.cells).map(({ input }) => input)).not.toContain('revenue-differs');
  expect((await purser.tabs()).filter(({ title }) => /audit|staging/i.test(title))).toHaveLength(1);
});

describe('what must not slip through', () => {
  const may31 = { date: '2026-05-31', departs: '17:00', vessel: 'Aurora' };

  it('is a booking and a sheet of the last day whose charter the ledger lacks, though the next day’s is like it', async () => {
    const next = charter('C-june', { ...may31, month: '2026-06', date: '2026-06-01', bookingRefs: [] });
    await purser.begin({
      charters: [ONE, next],
      bookingMail: [
        CONFIRMED,
        mail({
          subject: 'Booking confirmed: HB-31',
          body: 'Booking: HB-31\nGuest: Bo Ek\nVessel: Aurora\nDate: May 31, 2026\nDeparts: 17:00\nGuests: 2\nTotal: $250.00',
        }),
      ],
      tripSheets: [
        SHEET,
        {
          name: 'Aurora.csv',
          bytes: Buffer.from(
            'Date,"May 31, 2026"\nDeparture,17:00\nVessel,Aurora\nBoarded,2\nSigned by,Tom\n',
          ),
        },
      ],
    });
    expect(found(purser.preview())).toEqual([
      '- booking-without-charter -25000',
      '- trip-sheet-without-charter',
    ]);
  });

  it('is an adjustment of a charter of another month, with or without mail, and nothing of it is printed', async () => {
    const june = charter('J-1', { month: '2026-06', date: '2026-06-09' });
    await purser.begin({ charters: [ONE, june] });
    const write = async (row: number, cells: readonly string[]): Promise<void> => {
      for (const [column, text] of cells.entries())
        await purser.type('Purser adjustments', `${'ABCDEF'[column]}${row}`, text);
    };
    await write(2, ['2026-05', 'J-1', 'refund', '125', 'seasick', 'Nora']);
    await write(3, ['2025-05', 'C-1', 'refund', '125', 'seasick too', 'Nora']);
    const report = purser.send();
    expect(codes(report).sort()).toEqual(['adjustment-unreadable', 'refund-in-another-month']);
    expect(report.status).toBe('held');
    const book = await openXlsx(xlsxOf(report));
    const words: unknown[] = [];
    book.worksheets[0]?.eachRow((cells) => cells.eachCell(({ value }) => void words.push(value)));
    expect(words.join('\n')).not.toContain('seasick');
  });

  it('is a block that a lighter finding stands for', async () => {
    await purser.begin({
      ...small,
      charters: [{ ...ONE, guests: 9 }],
      settings: { Severities: 'guests-differ=info' },
    });
    expect(purser.send()).toMatchObject({
      status: 'held',
      findings: [{ code: 'guests-differ', severity: 'block', cents: -12_500 }],
    });
  });

  it('is what the ledger alone can tell, when there is neither mail nor sheet', async () => {
    await purser.begin({
      charters: [
        { ...ONE, guests: 11, comps: 3, compNotes: '' },
        charter('C-2', { departs: '10:10', vessel: 'Vessel C-1' }),
        charter('C-3', { departs: '15:00', ratePerPerson: 900, revenueTotal: 7200 }),
      ],
    });
    expect(found(purser.preview())).toEqual([
      'C-1 comp-unexplained -37500',
      'C-1 comps-above-cap -12500',
      'C-2 vessel-double-booked',
      'C-3 rate-outlier 620000',
    ]);
  });

  it('is a mail that Gmail never gives; it is linked, and holds nobody up for ever', async () => {
    await purser.begin(small);
    await purser.faults({
      host: 'gmail',
      match: 'format=full',
      play: { answer: { status: 503, body: '{}' } },
    });
    const report = purser.send('2026-05', { yes: false });
    const finding = report.findings.find(({ code }) => code === 'mail-unreadable');
    expect(finding).toMatchObject({ severity: 'warn', links: [{ label: 'The mail' }] });
    expect(report.status).toBe('ready');
    await purser.faults();
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
  });

  it('is a stray booking carried forward: the reason of one is not another’s', async () => {
    const stray = (reference: string): Uint8Array =>
      mail({
        subject: `Booking confirmed: ${reference}`,
        body: `Booking: ${reference}\nGuest: Bo Ek\nDate: May 12, 2026\nGuests: 2\nTotal: $250.00`,
      });
    await purser.begin({ ...small, bookingMail: [CONFIRMED, stray('HB-7'), stray('HB-8')] });
    const cells = ['2026-05', 'booking-without-charter', 'HB-8', '-250.00', 'aunt Mary’s', 'Nora'];
    for (const [column, text] of cells.entries())
      await purser.type('Purser carried forward', `${'ABCDEF'[column]}2`, text);
    expect(purser.preview().findings).toMatchObject([
      { about: 'HB-7', severity: 'warn' },
      { about: 'HB-8', severity: 'info' },
    ]);
  });
});

describe('a note that a person typed into the audit tab', () => {
  const NOTE = 'Rita called: she paid in cash';
  const contents = async (title: string): Promise<unknown[]> =>
    Object.values((await purser.tab(title)).cells).map(({ input }) => input);
  const auditTitles = async (): Promise<readonly string[]> =>
    (await purser.titles()).filter((title) => /audit|staging/i.test(title));
  const heldMonth = async (): Promise<void> => {
    await purser.begin({ ...small, charters: [{ ...ONE, revenueTotal: 1025 }] });
    expect(purser.send().status).toBe('held');
  };

  it('is kept when the month is posted again, and the new audit says where', async () => {
    await heldMonth();
    await purser.type('Audit May 2026', 'C8', NOTE);
    await purser.recharter([ONE]);
    expect(purser.send('2026-05', { yes: false })).toMatchObject({ status: 'ready', findings: [] });
    expect(await auditTitles()).toEqual(['Audit May 2026', 'Audit May 2026 (kept)']);
    expect(await contents('Audit May 2026 (kept)')).toEqual(
      expect.arrayContaining([NOTE, 'revenue-differs']),
    );
    const told = await contents('Audit May 2026');
    expect(told.join('\n')).toContain('it is kept as “Audit May 2026 (kept)”');
    expect(told).not.toContain(NOTE);
    expect(told).not.toContain('revenue-differs');
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    expect(await auditTitles()).toEqual(['Audit May 2026', 'Audit May 2026 (kept)']);
    expect(await contents('Audit May 2026 (kept)')).toContain(NOTE);
    expect((await contents('Audit May 2026')).join('\n')).not.toContain('(kept)');
  });

  it('is not risked when the old tab can’t be read: it is kept', async () => {
    await heldMonth();
    await purser.faults({
      host: 'sheets',
      match: encodeURIComponent("'Audit May 2026'!"),
      play: { answer: { status: 400, body: '{}' } },
    });
    purser.send();
    expect(await auditTitles()).toEqual(['Audit May 2026', 'Audit May 2026 (kept)']);
  });

  it('is not looked for in a tab whose mark has no hash: a Purser of before posted it', async () => {
    await heldMonth();
    const mark = (await purser.snapshotMetadata()).find(({ metadataKey }) => metadataKey === 'purser.audit');
    if (mark === undefined) throw new Error('The audit tab has no mark.');
    const value = (mark.metadataValue ?? '').split('@').slice(0, 2).join('@');
    purser.edit({
      updateDeveloperMetadata: {
        dataFilters: [{ developerMetadataLookup: { metadataId: mark.metadataId } }],
        developerMetadata: { metadataValue: value },
        fields: 'metadataValue',
      },
    });
    purser.send();
    expect(await auditTitles()).toEqual(['Audit May 2026']);
    expect((await purser.snapshotMetadata()).map((one) => one.metadataValue)).not.toContain(value);
  });
});
