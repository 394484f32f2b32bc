/** The sidebar's checklist of the first day, as the sidebar calls it. */
import type { Fault } from '../../scripts/local/contract.ts';
import { testTriggers } from '../../src/addon/sidebar-set-up/triggers-point.ts';
import type { Answer, ComparedMonth, SetUpCheck, SetUpCheckId } from '../../src/sidebar/month/contract.ts';
import { fakeHost, OWNER as SOMEBODY } from '../tools/fake-host.ts';
import type { Purser } from '../tools/purser.ts';
import { ACCOUNTANT, charter, cleanMonth, OWNER, PARTNERS } from '../tools/scene.ts';
import { findCell, openXlsx } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const SHEETS = 'sheets.googleapis.com';
const SET_UP = expect.stringContaining('Purser › Set up…') as unknown;

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

function given<T>(answer: unknown): T {
  const { ok, ...rest } = answer as Answer<T>;
  if (!ok || !('value' in rest)) throw new Error(JSON.stringify(rest));
  return rest.value;
}

function point(id: SetUpCheckId): SetUpCheck {
  const found = given<SetUpCheck>(purser.appsScript().call('sidebarTest', [id]));
  expect(found.id).toBe(id);
  expect(found.title).not.toBe('');
  expect(found.words.join('')).not.toBe('');
  expect(found.fix === '').toBe(found.state === 'good');
  for (const { url } of found.links) expect(url).toMatch(/^https:\/\//);
  return found;
}

function again(month: unknown = '2026-05', tab: unknown = 'May 2026'): Answer<ComparedMonth> {
  return purser.appsScript().call('sidebarMakeAgain', [month, tab]) as Answer<ComparedMonth>;
}

/** All that a person could find of it afterwards, but mail. */
async function left(): Promise<unknown> {
  return { tabs: await purser.tabs(), files: await purser.files(), marks: await purser.snapshotMetadata() };
}

describe('the list', () => {
  it('has its eight points, untested, without a request', async () => {
    await purser.begin();
    const requests = purser.trace().length;
    const points = given<readonly SetUpCheck[]>(purser.appsScript().call('sidebarSetUp', []));
    expect(points.map(({ id, state, fix }) => [id, state, fix])).toEqual(
      ['settings', 'template', 'tables', 'mail', 'folder', 'triggers', 'test-statement', 'make-again'].map(
        (id) => [id, 'untested', ''],
      ),
    );
    expect(purser.trace()).toHaveLength(requests);
  });

  it('is for the owner alone: another account tests nothing, and a point that is none is refused', async () => {
    await purser.begin();
    const requests = purser.trace().length;
    const as = { as: 'second@harbor.example' };
    for (const [name, parameters] of [
      ['sidebarSetUp', []],
      ['sidebarTest', ['test-statement']],
      ['sidebarMakeAgain', ['2026-05', 'Template']],
    ] as const) {
      expect(purser.appsScript().call(name, parameters, as)).toMatchObject({
        ok: false,
        error: { code: 'not-trigger-owner', now: expect.stringContaining(OWNER.email) },
      });
    }
    expect(purser.appsScript().call('sidebarTest', ['__proto__'])).toMatchObject({ ok: false });
    expect(purser.trace()).toHaveLength(requests);
    expect(await purser.mails('test')).toEqual([]);
  });

  it('on the very first day says of each point what to do, and makes no tab', async () => {
    await purser.begin({ setUp: false });
    const titles = await purser.titles();
    for (const id of ['settings', 'template', 'tables', 'mail', 'triggers'] as const) {
      expect(point(id)).toMatchObject({ state: 'failed', fix: SET_UP });
    }
    expect(await purser.titles()).toEqual(titles);
  });
});

describe('settings', () => {
  it('are good once they can be used', async () => {
    await purser.begin();
    expect(point('settings')).toMatchObject({ state: 'good', links: [{ label: 'Purser settings' }] });
  });

  it('say whether there is a Charters calendar, and whether it answers', async () => {
    await purser.begin();
    expect(point('settings').words.join(' ')).toContain('No Charters calendar is set');
    const id = 'charters@group.calendar.google.com';
    await purser.setting('Charters calendar', id);
    const missing = point('settings');
    expect(missing.state).toBe('attention');
    expect(missing.words[0]).toContain('The Charters calendar can’t be used: ');
    // Not beside it that all settings are good.
    expect(missing.words.join(' ')).not.toContain('can be used');
    expect(missing.fix).not.toBe('');
    await purser.workspace.calendars.person(OWNER.email).makeCalendar(id, 'Charters');
    const { state, words } = point('settings');
    expect(state).toBe('good');
    expect(words).toContain('The Charters calendar answers.');
  });

  it('names each bad value with its cell and a link to it', async () => {
    await purser.begin({ settings: { 'Standard rate': 'much', 'Statement day': '31' } });
    const { state, words, links } = point('settings');
    expect(state).toBe('failed');
    expect(words).toHaveLength(2);
    const rows = await purser.tab('Purser settings');
    for (const [index, key, value] of [
      [0, 'Standard rate', 'much'],
      [1, 'Statement day', '31'],
    ] as const) {
      const at = findCell(rows, key).a1.replace('A', 'B');
      expect(words[index]).toContain(`${at} (${key}): “${value}”`);
      expect(links[index]).toMatchObject({
        kind: 'cell',
        url: expect.stringMatching(new RegExp(`range=${at}$`)),
      });
    }
  });

  it('name a mailbox that is not connected', async () => {
    await purser.begin({ settings: { 'Send from': 'office@harbor.example' } });
    const { state, words, fix } = point('settings');
    expect(state).toBe('failed');
    expect(words.join()).toContain('office@harbor.example, which is no connected account');
    expect(fix).toContain('Connected accounts…');
  });

  it('that are wrong keep other points from being tested, which say so', async () => {
    await purser.begin({ settings: { 'Standard rate': 'much' } });
    expect(point('mail')).toMatchObject({ state: 'failed', fix: expect.stringContaining('“Settings”') });
  });
});

describe('the Template', () => {
  it('is good with its placeholders', async () => {
    await purser.begin();
    expect(point('template').words).toEqual([
      expect.stringMatching(/^“Template” has \d\d placeholders; row 6 is repeated for each charter\.$/),
    ]);
  });

  it('with something that its author can hardly mean wants a look', async () => {
    await purser.begin({ settings: { Currency: 'EUR' } });
    const { state, words } = point('template');
    expect(state).toBe('attention');
    expect(words.join()).toContain('another currency’s sign');
  });

  it('wants a look when the last month’s tab looks otherwise', async () => {
    await purser.begin();
    const { sheetId } = await purser.tab('Template');
    purser.edit({ duplicateSheet: { sourceSheetId: sheetId, newSheetId: 4713, newSheetName: 'May 2026' } });
    expect(point('template').state).toBe('good');
    const range = { sheetId: 4713, dimension: 'COLUMNS', startIndex: 2, endIndex: 3 };
    purser.edit({
      updateDimensionProperties: { range, properties: { pixelSize: 333 }, fields: 'pixelSize' },
    });
    const { state, words } = point('template');
    expect(state).toBe('attention');
    expect(words.join()).toContain('column C is 333 px wide');
  });

  it('with an unknown placeholder fails, with its cell', async () => {
    await purser.begin();
    await purser.type('Template', 'B2', '{{month.nope}}');
    const { state, words, links } = point('template');
    expect(state).toBe('failed');
    expect(words).toEqual(['B2 has the unknown placeholder {{month.nope}}.']);
    expect(links.map(({ url }) => url)).toContainEqual(expect.stringMatching(/range=B2$/));
  });

  it('that is not there fails, with what to do', async () => {
    await purser.begin({ settings: { 'Template tab': 'House format' } });
    expect(point('template')).toMatchObject({ state: 'failed', fix: SET_UP });
  });
});

describe('the tables', () => {
  it('are good when both regions answer, with what they have', async () => {
    await purser.begin({
      charters: [...cleanMonth(), charter('C-June', { month: '2026-06', date: '2026-06-01' })],
    });
    expect(point('tables')).toMatchObject({
      state: 'good',
      words: [
        'us-east-1: 3 charters in May 2026, 1 in June 2026; 2 people in the roster.',
        'us-west-2: 3 charters in May 2026, 1 in June 2026; 2 people in the roster.',
      ],
    });
  });

  it('want a look when the second region is down, has less, or charters can’t be read', async () => {
    await purser.begin({ chartersSecond: cleanMonth().slice(1) });
    expect(point('tables')).toMatchObject({ state: 'attention' });
    await purser.begin({ charters: [...cleanMonth(), charter('C-bad', { guests: -1 })] });
    expect(point('tables').words[0]).toMatch(/^Charters that can’t be read: C-bad \(.*guests/);
    await purser.begin({ charters: [] });
    expect(point('tables').words[0]).toBe('crew-dispatch in us-east-1 has no charter in May 2026.');
    await purser.begin();
    await purser.faults({ host: 'dynamodb.us-west-2', play: { unreachable: true } });
    const { state, words } = point('tables');
    expect(state).toBe('attention');
    expect(words.join()).toContain('“Second region” is us-west-2');
  });

  it('have a silent region asked once, and still say what the other one has', async () => {
    await purser.begin();
    await purser.faults({ host: 'dynamodb.us-west-2', play: { stall: true } });
    const startedMs = purser.clock.now();
    const { state, words } = point('tables');
    expect(state).toBe('attention');
    expect(words.join()).toContain('us-east-1: 3 charters in May 2026');
    expect(purser.clock.now() - startedMs).toBeLessThan(150_000);
    await purser.faults({ host: 'dynamodb.us-east-1', play: { unreachable: true } });
    expect(point('tables')).toMatchObject({
      state: 'failed',
      words: [expect.stringContaining('“Primary region” is us-east-1'), expect.anything()],
    });
  });

  it('fail without a way into AWS, or when the primary region has no such table', async () => {
    await purser.begin({ settings: { 'Charters table': 'nope-table' } });
    const { state, words } = point('tables');
    expect(state).toBe('failed');
    expect(words.join()).toContain('nope-table');
    const mine = purser.appsScript().properties('user');
    for (const key of ['aws.credentials', 'aws.session']) mine.delete(key);
    expect(point('tables')).toMatchObject({
      state: 'failed',
      words: ['Purser has neither a role in AWS nor AWS keys of yours.'],
      fix: SET_UP,
    });
  });
});

function bookingMail(date: string): Uint8Array {
  const lines = [
    'From: desk@bookings.example',
    `To: ${OWNER.email}`,
    'Subject: Booking',
    `Date: ${date}`,
    '',
    'HB-1',
    '',
  ];
  return new Uint8Array(Buffer.from(lines.join('\r\n')));
}

describe('booking mail', () => {
  it('is good when the search finds some of last month, which is counted', async () => {
    const dates = [
      'Thu, 30 Apr 2026 12:00:00 +0000',
      'Sat, 02 May 2026 12:00:00 +0000',
      'Sun, 31 May 2026 12:00:00 +0000',
      'Mon, 01 Jun 2026 06:00:00 +0000',
    ];
    await purser.begin({ bookingMail: dates.map(bookingMail) });
    expect(point('mail')).toMatchObject({
      state: 'good',
      words: [`The search finds 2 mails of May 2026 in ${OWNER.email}.`],
      links: [{ kind: 'mail' }, { kind: 'cell' }],
    });
  });

  it('wants a look when none is found, or none is searched for', async () => {
    await purser.begin({ settings: { 'Booking agent': 'bookings.example' } });
    expect(point('mail')).toMatchObject({
      state: 'attention',
      fix: expect.stringContaining('“Booking agent”'),
    });
    await purser.setting('Booking agent', '');
    expect(point('mail').words[0]).toContain('No booking mail is searched for');
  });

  it('fails when its mailbox is not connected', async () => {
    await purser.begin({
      settings: { 'Booking agent': 'bookings.example', 'Booking mail from': 'b@harbor.example' },
    });
    expect(point('mail')).toMatchObject({
      state: 'failed',
      fix: expect.stringContaining('Connected accounts…'),
    });
  });
});

describe('the folder', () => {
  it('is good when it is there, and made when it is not, or lies in the trash', async () => {
    await purser.begin();
    expect(point('folder').words[0]).toContain('are filed in Drive');
    const root = (await purser.files()).find(({ name }) => name === 'Purser');
    await purser.workspace.trashFile(root?.id ?? '');
    expect(point('folder')).toMatchObject({
      state: 'good',
      words: [expect.stringContaining('made just now')],
    });
    const there = (await purser.files()).length;
    expect(point('folder').words[0]).toContain('are filed in Drive');
    expect(await purser.files()).toHaveLength(there);
  });

  it('fails when files may not be put into it, when it went into the trash, and when Drive says no', async () => {
    await purser.begin();
    const folder = { name: '2026', webViewLink: 'https://drive.google.com/drive/folders/x' };
    const { id } = (await purser.files()).find(({ name }) => name === '2026') ?? { id: '' };
    const answers = (more: object) =>
      purser.faults({
        host: 'www.googleapis.com',
        match: `/drive/v3/files/${id}`,
        play: { answer: { status: 200, body: JSON.stringify({ ...folder, ...more }) } },
      });
    await answers({ capabilities: { canAddChildren: false } });
    expect(point('folder')).toMatchObject({
      state: 'failed',
      words: [expect.stringContaining('may not add files')],
    });
    await answers({ trashed: true, capabilities: { canAddChildren: true } });
    expect(point('folder')).toMatchObject({ state: 'failed', words: [expect.stringContaining('trash')] });
    await purser.faults({ host: 'www.googleapis.com', play: { answer: { status: 403, body: '{}' } } });
    expect(point('folder').state).toBe('failed');
  });
});

describe('the triggers', () => {
  it('are good as Set up… makes them, with owner and day', async () => {
    await purser.begin({ settings: { 'Statement day': '5' } });
    const { state, words } = point('triggers');
    expect(state).toBe('good');
    expect(words.join('\n')).toMatch(/belong to nora@harbor\.example\.\n.*on day 5 of each month/);
  });

  it('fail when they are not there', async () => {
    await purser.begin({ setUp: 'owner-only' });
    const { state, words, fix } = point('triggers');
    expect([state, words.length]).toEqual(['failed', 3]);
    expect(fix).toEqual(SET_UP);
  });

  it('want a look when there are twins', () => {
    const list = ['tick', 'monthlyStatement', 'tick', 'syncCalendars'].map((handler, id) => ({
      handler,
      id: String(id),
    }));
    const host = {
      ...fakeHost(),
      triggers: () => ({ list: () => list, create: () => {}, remove: () => {} }),
    };
    expect(testTriggers(host, { owner: SOMEBODY })).toMatchObject({ state: 'attention', fix: SET_UP });
  });
});

describe('the test statement', () => {
  it('goes to whoever asks alone, marked as a test, with a file; nothing is filed, posted or written', async () => {
    await purser.begin();
    const before = await left();
    const { state, words } = point('test-statement');
    expect(state).toBe('good');
    expect(words.join(' ')).toContain(
      `The statement itself would go to ${[...PARTNERS, ACCOUNTANT].join(', ')}.`,
    );
    const [mail, ...others] = (await purser.mails()).filter(({ kind }) => kind !== '');
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      kind: 'test',
      subject: 'Test: Harbor Sails revenue statement, May 2026',
      to: [OWNER.email],
      cc: [],
    });
    expect(mail?.headers.has('x-purser-statement')).toBe(false);
    expect(mail?.text).toContain('Reportable revenue  $2,750.00');
    const file = await openXlsx(mail?.attachments[0]?.bytes ?? new Uint8Array());
    const cells: string[] = [];
    file.worksheets[0]?.eachRow((row) => row.eachCell(({ value }) => cells.push(String(value))));
    expect(cells).toContain('Vessel C-2026-05-2');
    // A search for the statement’s code must not find it.
    expect(`${cells.join()} ${mail?.text} ${mail?.subject}`).not.toMatch(/\bPRS[A-Z0-9]+V1\b/);
    expect(await left()).toEqual(before);
  });

  it('goes out once as it is, and anew after a change', async () => {
    await purser.begin();
    point('test-statement');
    expect(point('test-statement').words[0]).toContain('earlier today');
    expect(await purser.mails('test')).toHaveLength(1);
    await purser.type('Template', 'B2', 'Amended');
    expect(point('test-statement').words[0]).toContain(`went to ${OWNER.email} alone`);
    expect(await purser.mails('test')).toHaveLength(2);
  });

  it('never counts as the statement, nor for the recipients of the next month', async () => {
    await purser.begin();
    point('test-statement');
    const sent = purser.send();
    expect(sent).toMatchObject({ status: 'sent', alreadySent: false, to: [...PARTNERS], cc: [ACCOUNTANT] });
    await purser.type('Template', 'B2', 'Amended');
    point('test-statement');
    expect(await purser.mails('test')).toHaveLength(2);
    purser.at('2026-07-01');
    await purser.recharter([
      ...cleanMonth(),
      ...cleanMonth('2026-06').map((item) => ({ ...item, date: '2026-06-09' })),
    ]);
    const requests = purser.trace().length;
    expect(purser.preview('2026-06')).toMatchObject({ to: [...PARTNERS], cc: [ACCOUNTANT] });
    // Each mail that the search for May’s finds is looked at, which costs a round.
    const looked = purser
      .trace()
      .slice(requests)
      .filter(({ request }) => /\/messages\/\w+\?/.test(request.url));
    expect(looked.length).toBeGreaterThan(0);
    expect(new Set(looked.map(({ request }) => request.url)).size).toBe(1);
  });

  it('says that the month would be held, and to nobody', async () => {
    await purser.begin({ sent: [], charters: [...cleanMonth(), charter('C-9', { revenueTotal: 1 })] });
    expect(point('test-statement').words.slice(1)).toEqual([
      expect.stringContaining('would go to nobody yet'),
      expect.stringContaining('would be held'),
    ]);
  });

  it('fails with Gmail’s words, and is in doubt without any; its record goes after a week', async () => {
    await purser.begin();
    const gmail = { host: 'gmail.googleapis.com', match: '/messages/send' };
    await purser.faults({ ...gmail, play: { answer: { status: 403, body: '{}' } } });
    expect(point('test-statement').state).toBe('failed');
    await purser.faults({ ...gmail, play: { lost: { status: 502, body: '' } } });
    expect(point('test-statement').state).toBe('attention');
    expect(point('test-statement')).toMatchObject({
      state: 'attention',
      words: [expect.stringContaining('nobody can tell')],
    });
    await purser.faults();
    const records = (): string[] =>
      [...purser.appsScript().properties('document').keys()].filter((key) => key.startsWith('outbox.test.'));
    expect(records()).toHaveLength(1);
    purser.at('2026-06-02', 12);
    purser.trigger('tick');
    expect(records()).toHaveLength(1);
    expect((await purser.mails('test')).length).toBe(1);
    purser.at('2026-06-10', 12);
    purser.trigger('tick');
    expect(records()).toEqual([]);
  });

  it('fails with the cells when the Template’s formulas do, and leaves nothing', async () => {
    await purser.begin();
    await purser.type('Template', 'J7', '=1/0');
    const before = await left();
    const { state, words } = point('test-statement');
    expect(state).toBe('failed');
    expect(words.join()).toContain('J9');
    expect(await left()).toEqual(before);
    expect(await purser.mails('test')).toEqual([]);
  });
});

describe('a month made again', () => {
  it('that Purser sent comes to the very same, and nothing is left behind', async () => {
    await purser.begin();
    expect(point('make-again').state).toBe('attention');
    expect(purser.send().status).toBe('sent');
    const before = await left();
    const compared = given<ComparedMonth>(again('2026-05', ' may 2026'));
    expect(compared).toMatchObject({
      month: '2026-05',
      tabTitle: 'May 2026',
      allDifferences: 0,
      differences: [],
    });
    expect(compared.comparedCells).toBeGreaterThan(80);
    expect(compared.words).toMatch(/^All \d+ cells are the same\. /);
    expect(await left()).toEqual(before);
    expect(point('make-again')).toMatchObject({
      state: 'good',
      words: [expect.stringContaining('May 2026 was made again on June 1, 2026')],
    });
  });

  it('finds the one cell that is changed in a tab of another name, a total by what it computes', async () => {
    await purser.sent();
    const { sheetId } = await purser.tab('May 2026');
    purser.edit({ duplicateSheet: { sourceSheetId: sheetId, newSheetId: 4711, newSheetName: 'By hand' } });
    expect(given<ComparedMonth>(again('2026-05', 'By hand')).allDifferences).toBe(0);
    const tab = await purser.tab('By hand');
    const [total] = Object.entries(tab.cells).find(([, { input }]) => /^=SUM\(J/.test(String(input))) ?? [''];
    await purser.type('By hand', total, '2750');
    expect(given<ComparedMonth>(again('2026-05', 'By hand')).allDifferences).toBe(0);
    await purser.type('By hand', total, '2749.99');
    const { differences, allDifferences, words } = given<ComparedMonth>(again('2026-05', 'By hand'));
    expect(differences).toEqual([{ cell: total, was: '$2,749.99', made: '$2,750.00' }]);
    expect(allDifferences).toBe(1);
    expect(words).toMatch(/^1 of \d+ cells is different\./);
    expect(point('make-again')).toMatchObject({
      state: 'attention',
      words: [expect.stringContaining('1 of ')],
    });
  });

  it('shows what has changed at the source since', async () => {
    await purser.sent();
    const [first = {}, ...others] = cleanMonth();
    await purser.recharter([{ ...first, vessel: '<img src=x onerror=alert(1)>' }, ...others]);
    const { differences } = given<ComparedMonth>(again());
    expect(differences).toEqual([
      { cell: expect.any(String), was: 'Vessel C-2026-05-1', made: '<img src=x onerror=alert(1)>' },
    ]);
  });

  it('is refused with words: no such tab, no such month, a month that is not over, a run that goes on', async () => {
    await purser.begin();
    const before = await left();
    expect(again('2026-05', 'May by hand')).toMatchObject({
      ok: false,
      error: {
        code: 'tab-missing',
        what: expect.stringMatching(/“May by hand”.*There are “Sheet1”, “Template”\./),
      },
    });
    expect(again('May', 'Template')).toMatchObject({ ok: false, error: { code: 'month-invalid' } });
    expect(again(null, null)).toMatchObject({ ok: false, error: { code: 'month-invalid' } });
    expect(again('2026-06', 'Template')).toMatchObject({ ok: false, error: { code: 'month-not-over' } });
    const document = purser.appsScript().properties('document');
    const held = {
      owner: 'x',
      who: OWNER.email,
      sinceMs: purser.clock.now(),
      expiresMs: purser.clock.now() + 60_000,
    };
    document.set('lease.statement', JSON.stringify(held));
    expect(again('2026-05', 'Template')).toMatchObject({ ok: false, error: { code: 'run-in-progress' } });
    expect(await left()).toEqual(before);
  });

  it.each<[string, Fault]>([
    [
      'the values can’t be written',
      { host: SHEETS, match: '/values:batchUpdate', play: { answer: { status: 400, body: '{}' } } },
    ],
    [
      'nobody knows whether the hidden tab was made',
      { host: SHEETS, match: ':batchUpdate', times: 1, play: { lost: { status: 500, body: '' } } },
    ],
    [
      'nobody knows whether the hidden tab is gone',
      { host: SHEETS, match: ':batchUpdate', skip: 2, times: 1, play: { answer: { status: 500, body: '' } } },
    ],
  ])('leaves nothing when %s', async (_what, fault) => {
    await purser.begin();
    const before = await left();
    await purser.faults(fault);
    again('2026-05', 'Template');
    await purser.faults();
    expect(await left()).toEqual(before);
    expect(purser.appsScript().properties('document').get('lease.statement') ?? '{}').toBe('{}');
  });

  it('takes the hidden tabs of a run that died along, since nobody else would know of them', async () => {
    await purser.begin();
    const before = await left();
    purser.edit(
      { addSheet: { properties: { sheetId: 4712, title: 'Purser staging 2026-05', hidden: true } } },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataKey: 'purser.staging',
            metadataValue: '2026-05@x',
            location: { sheetId: 4712 },
            visibility: 'DOCUMENT',
          },
        },
      },
    );
    const dead = { owner: 'x', who: OWNER.email, sinceMs: 0, expiresMs: purser.clock.now() - 1 };
    purser.appsScript().properties('document').set('lease.statement', JSON.stringify(dead));
    expect(again('2026-05', 'Template').ok).toBe(true);
    expect(await left()).toEqual(before);
  });
});
