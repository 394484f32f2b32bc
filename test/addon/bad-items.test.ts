/** Items that can't be trusted, and words from outside: nothing lost, nothing run. */
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, handMail, without } from '../tools/scene.ts';
import { codes, findCell, openXlsx, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const BAD = 'C-bad';
const bad = (more: Item): Item => charter(BAD, more);

describe('an item that can’t be read is a finding, is not counted, and holds the month', () => {
  const needed = ['date', 'month', 'departs', 'vessel', 'kind', 'status', 'guests', 'comps', 'revenueTotal'];
  const cases: (readonly [string, Item, RegExp])[] = [
    ...needed.map(
      (name) => [`without ${name}`, without(bad({}), name), new RegExp(`${name} is missing`)] as const,
    ),
    ['with negative guests', bad({ guests: -1 }), /guests -1 is negative/],
    ['with a fraction of a guest', bad({ guests: 7.5 }), /guests 7\.5 is not a whole number/],
    ['with enormous guests', bad({ guests: 1e30 }), /guests 1\S+ is too large/],
    ['with guests in words', bad({ guests: 'eight' }), /guests is the text “eight”, not a number/],
    ['with negative revenue', bad({ revenueTotal: -1000 }), /revenueTotal -1000 is negative/],
    [
      'with a fraction of a cent',
      bad({ revenueTotal: 1000.005 }),
      /revenueTotal 1000\.005 has more than two decimals/,
    ],
    ['with enormous revenue', bad({ revenueTotal: 1e25 }), /revenueTotal 1\S+ is too large/],
    ['with a rate in words', bad({ ratePerPerson: '125' }), /ratePerPerson is the text “125”, not a number/],
    ['with crew as a number', bad({ crew: 5 }), /crew is not a set or a list of texts/],
    ['with a date of another form', bad({ date: '05/14/2026' }), /date “05\/14\/2026” is not a date/],
    ['with a day that is none', bad({ date: '2026-05-32' }), /date “2026-05-32” is not a date/],
    ['with a time of another form', bad({ departs: '5pm' }), /departs “5pm” is not a time/],
    ['with a kind that is none', bad({ kind: 'group' }), /kind “group” is neither public nor private/],
    ['with the status as true or false', bad({ status: true }), /status is true or false, not a text/],
    ['with a list for a vessel', bad({ vessel: ['Osprey'] }), /vessel is a list, not a text/],
  ];

  // All in one month: each item is judged on its own.
  const items = cases.map(([, item], index) => ({ ...item, charterId: `${BAD}-${index}` }));
  let held: ReturnType<Purser['send']>;
  beforeAll(async () => {
    await purser.begin({ charters: [...cleanMonth(), ...items] });
    held = purser.send();
  });

  it('holds, and counts only what can be read', async () => {
    expect(held.status).toBe('held');
    expect(held.totals).toMatchObject({
      charters: 3,
      guests: 24,
      recordedCents: 275_000,
      differenceCents: 0,
    });
    expect(new Set(codes(held))).toEqual(new Set(['item-unreadable']));
    expect(await purser.mails()).toEqual([]);
    expect(await purser.tab('May 2026')).toBeDefined();
  });

  it.each(cases.map(([words, , message], index) => [words, index, message] as const))(
    '%s',
    (_words, index, message) => {
      const found = held.findings.filter(({ charterId }) => charterId === `${BAD}-${index}`);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ code: 'item-unreadable', severity: 'block' });
      expect(found[0]?.message).toMatch(message);
      expect(found[0]?.links[0]?.url).toContain('console.aws.amazon.com/dynamodbv2');
    },
  );
});

it('finds an item whose month or date is no text, which an index can’t hold', async () => {
  // A GSI lacks items without its keys: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
  await purser.begin({ charters: [...cleanMonth(), without(without(bad({}), 'month'), 'date')] });
  const report = purser.send();
  expect(report.findings).toMatchObject([{ code: 'item-unreadable', charterId: BAD, cents: 100_000 }]);
});

it('finds a charter of the month filed under a distant or a misspelt one, which no query does, and counts it', async () => {
  const filed = ['2025-05', '2026-5', 'May 2026', '2026-03'];
  const items = filed.map((month, index) =>
    charter(`C-filed-${index}`, { month, date: `2026-05-2${index}`, vessel: `Far ${index}` }),
  );
  const others = [
    charter('C-march', { month: '2026-03', date: '2026-03-09' }),
    charter('C-may-ago', { month: '2025-05', date: '2025-05-09' }),
  ];
  await purser.begin({
    charters: [...cleanMonth(), ...items, ...others],
    settings: { 'Explain changes over': '' },
  });
  const report = purser.send();
  expect(report.totals).toMatchObject({ charters: 7, reportableCents: 675_000, differenceCents: 0 });
  expect(report.findings.map(({ code, charterId }) => [code, charterId])).toEqual(
    items.map((_, index) => ['stale-month', `C-filed-${index}`]),
  );
  filed.forEach((month, index) => {
    expect(report.findings[index]?.message).toContain(`filed under month “${month}”`);
  });
  expect(report.status).toBe('sent');
  // By the index, not by a scan of everything.
  const bodies = purser.trace().map(({ request }) => Buffer.from(request.body).toString());
  expect(bodies.some((body) => body.includes('month-date-index'))).toBe(true);
});

it('says what it does not know when it may not scan', async () => {
  await purser.begin();
  await purser.faults({
    host: 'dynamodb.us-east-1',
    match: 'Scan',
    skip: 1,
    play: {
      answer: {
        status: 400,
        body: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no Scan"}',
      },
    },
  });
  const report = purser.send();
  expect(codes(report)).toContain('scan-failed');
});

describe('charters that contradict themselves', () => {
  it.each<readonly [string, Item[], string]>([
    ['more comps than guests', [bad({ comps: 9, compNotes: 'all' })], 'comps-exceed-guests'],
    ['private without a price', [bad({ kind: 'private' })], 'price-missing'],
    ['past and still scheduled', [bad({ status: 'scheduled' })], 'status-open'],
    ['an unknown status', [bad({ status: 'done' })], 'status-open'],
    [
      'twice the same sailing',
      [bad({}), charter('C-twin', { vessel: `vessel ${BAD}` })],
      'duplicate-charter',
    ],
    [
      'twice the same sailing, its accent composed and decomposed',
      [charter('C-nfc', { vessel: 'Siobh\u00e1n' }), charter('C-nfd', { vessel: 'Siobha\u0301n' })],
      'duplicate-charter',
    ],
    ['recorded more than reportable', [bad({ revenueTotal: 1000.01 })], 'revenue-differs'],
  ])('%s', async (_words, items, code) => {
    await purser.begin({ charters: [...cleanMonth(), ...items] });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual([code]);
    expect(await purser.mails()).toEqual([]);
  });
});

const HOSTILE = [
  '=HYPERLINK("http://x.example","y")',
  '+1',
  '-1+1',
  '@x',
  "'quote",
  'line one\nline two',
  '\u202eevil\u202c שלום',
  '{{company}}',
  '<b>bold</b>&amp;"',
  '2026-05-14',
  '0012',
  'TRUE',
  '😀 Łódź',
  'x'.repeat(10_000),
] as const;

describe('hostile words', () => {
  let report: ReturnType<Purser['send']>;
  const id = (index: number): string => `${HOSTILE[index]?.slice(0, 500)}#${index}`;
  const at = (index: number): string =>
    `${String(8 + Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;

  beforeAll(async () => {
    await purser.begin({
      charters: HOSTILE.map((words, index) =>
        charter(id(index), {
          departs: at(index),
          vessel: words,
          comps: 1,
          compNotes: words,
          revenueTotal: 875,
          crew: [`cr-${index}`],
          bookingRefs: [words],
        }),
      ),
      roster: HOSTILE.map((words, index) => ({
        crewId: `cr-${index}`,
        name: words,
        email: words,
        role: words,
      })),
      settings: { Company: '=1+1 <i>{{month}}</i>', 'Statement recipients': 'grace@partner.example' },
    });
    report = purser.send();
  });

  it('are sent as they are', () => {
    expect(report.error).toBeNull();
    // Of hostile notes nobody can tell who sailed without paying, and why.
    expect(codes(report).filter((code) => code !== 'comp-unexplained')).toEqual([]);
    expect(report.status).toBe('sent');
  });

  it('are text in the month tab', async () => {
    const tab = await purser.tab('May 2026');
    HOSTILE.forEach((words, index) => {
      const row = findCell(tab, id(index)).a1.slice(1);
      expect(tab.cells[`C${row}`]?.input).toBe(words);
      expect(tab.cells[`C${row}`]?.value).toBe(words);
      expect(tab.cells[`D${row}`]?.input).toBe(id(index));
      expect(tab.cells[`M${row}`]?.input).toBe(words);
      expect(tab.cells[`N${row}`]?.input).toBe(`1 comp: ${words}`);
    });
    expect(tab.cells.A1?.value).toBe('=1+1 <i>{{month}}</i>');
    const formulas = Object.values(tab.cells).filter(
      ({ input, value }) => typeof input === 'string' && input.startsWith('=') && value !== input,
    );
    expect(formulas.every(({ input }) => /^=(SUM\(|F\d+-)/.test(String(input)))).toBe(true);
  });

  it('are text in the XLSX, which a reader opens', async () => {
    const [sheet] = (await openXlsx(xlsxOf(report))).worksheets;
    const seen = new Map<string, unknown>();
    sheet?.eachRow((row) => {
      const shown = row.getCell(4).value;
      if (typeof shown === 'string') seen.set(shown, row.getCell(3).value);
    });
    HOSTILE.forEach((words, index) => {
      expect(typeof seen.get(id(index))).toBe('string');
      expect(seen.get(id(index))).toBe(words);
    });
    expect(sheet?.getCell('A1').value).toBe('=1+1 <i>{{month}}</i>');
  });

  it('are text in the mail, its HTML included, and in the dialog', async () => {
    const [mail] = await purser.mails();
    expect(mail?.subject).toBe('=1+1 <i>{{month}}</i> revenue statement, May 2026');
    expect(mail?.html).toContain('=1+1 &lt;i&gt;{{month}}&lt;/i&gt;');
    expect(mail?.html).not.toContain('<i>');
    const dialogs = purser.appsScript().shown.filter(({ kind }) => kind === 'dialog');
    for (const dialog of dialogs) {
      if (dialog.kind === 'dialog') expect(dialog.html).not.toMatch(/<i>|<b>/);
    }
  });

  it('are text in findings, shown in the dialog too', async () => {
    await purser.begin({ charters: [charter('<img src=x onerror=alert(1)>', { revenueTotal: 1 })] });
    const held = purser.send();
    expect(held.findings[0]?.message).toContain('<img src=x');
    const dialog = purser.appsScript().shown.at(-1);
    expect(dialog?.kind === 'dialog' ? dialog.html : '').toContain('&lt;img src=x');
    expect(dialog?.kind === 'dialog' ? dialog.html : '').not.toContain('<img');
  });
});

describe('headers of last month’s mail', () => {
  it('can’t smuggle in another recipient or header', async () => {
    // `Grace\r\nBcc: thief@evil.example`, as an encoded word.
    const word = `=?UTF-8?B?${Buffer.from('Grace\r\nBcc: thief@evil.example\r\n\r\nhello').toString('base64')}?=`;
    await purser.begin({ sent: [handMail('2026-04', { to: `${word} <grace@partner.example>` })] });
    expect(purser.send()).toMatchObject({ status: 'sent', to: ['grace@partner.example'] });
    const [mail] = await purser.mails();
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.to).toEqual(['grace@partner.example']);
    const head = mail?.raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^Bcc:/im);
    for (const line of head.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  it('that name nobody but the owner hold the month', async () => {
    await purser.begin({ sent: [] });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['no-recipients']);
    // Held however little the settings make of it: there is nobody to send to.
    await purser.setting('Severities', 'no-recipients=info');
    expect(purser.send()).toMatchObject({ status: 'held' });
  });

  it('of tests, notices, answers and forwards never count', async () => {
    const marked = (kind: string): string =>
      handMail('2026-04', { to: 'wrong@x.example' }).replace(
        'MIME-Version',
        `X-Purser-Kind: ${kind}\nMIME-Version`,
      );
    const answer = handMail('2026-04', { to: 'wrong@x.example' })
      .replace('Subject: ', 'Subject: Re: ')
      .replace('MIME-Version', 'In-Reply-To: <a@b>\nMIME-Version');
    const newer = (eml: string): string =>
      eml.replace(/^Date: .*$/m, 'Date: Wed, 20 May 2026 12:00:00 +0000');
    await purser.begin({
      sent: [handMail('2026-04'), newer(marked('test')), newer(marked('notice')), newer(answer)],
    });
    expect(purser.send().to).toEqual(['grace@partner.example', 'rene@partner.example']);
  });
});
