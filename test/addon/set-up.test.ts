/** The menu and “Set up…”. */
import { readFileSync } from 'node:fs';
import { crewDispatch, crewRoster } from '../../scripts/local/aws/tables.ts';
import { LOCAL_KEYS } from '../../scripts/local/workspace.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { findCell, visible } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

describe('the menu', () => {
  beforeAll(() => purser.begin({ setUp: false }));

  it('has its items, made when the workbook opens, without any permission', () => {
    purser.appsScript().run('onOpen', [], { mode: 'open' });
    const items = purser.appsScript().menus().get('Purser') ?? [];
    expect(items.map(({ caption, functionName }) => [caption, functionName])).toEqual([
      ['Open sidebar', 'openSidebar'],
      ['Preview month…', 'previewStatement'],
      ['Send statement…', 'sendStatement'],
      ['Approve statement…', 'approveStatement'],
      ['Accept a finding…', 'acceptFindings'],
      ['Send copy…', 'sendCopyOf'],
      ['Changes after sending…', 'changesAfterSending'],
      ['Corrected statement…', 'sendCorrection'],
      ['Sync calendars…', 'syncCalendarsNow'],
      ['Connected accounts…', 'connectedAccounts'],
      ['Set up…', 'setUp'],
      ['Hand over…', 'handOver'],
    ]);
    expect(purser.trace()).toEqual([]);
  });

  it('and the triggers are all that can be called', () => {
    const functions = [...purser.appsScript().functions()].sort();
    expect(functions).toEqual([
      'acceptFindings',
      'accountsAct',
      'accountsView',
      'approveStatement',
      'authCallback',
      'changesAfterSending',
      'connectedAccounts',
      'continueRun',
      'doGet',
      'handOver',
      'monthlyStatement',
      'onOpen',
      'openSidebar',
      'previewStatement',
      'sendCopyOf',
      'sendCorrection',
      'sendStatement',
      'setUp',
      'sidebarAccept',
      'sidebarAccounts',
      'sidebarCheck',
      'sidebarMakeAgain',
      'sidebarPrepare',
      'sidebarProgress',
      'sidebarResolve',
      'sidebarSend',
      'sidebarSetUp',
      'sidebarTest',
      'sidebarView',
      'syncCalendars',
      'syncCalendarsNow',
      'tick',
    ]);
    expect(() => purser.appsScript().run('runMonth')).toThrow('Script function not found');
  });

  it('does nothing when the person cancels', () => {
    for (const name of ['previewStatement', 'sendStatement']) {
      expect(purser.appsScript().run(name, [], { answers: () => ({ button: 'CANCEL' }) })).toBeNull();
    }
    expect(purser.trace()).toEqual([]);
  });
});

describe('set up', () => {
  it('makes the tabs, the folders and one trigger of each kind, and stores the keys with the person', async () => {
    await purser.begin({ setUp: false });
    const { good, problems } = purser.setUp();
    expect(problems).toEqual([]);
    expect(good.join('\n')).toContain('Table crew-dispatch in us-west-2 can be read.');
    expect(visible(await purser.tabs())).toEqual([
      'Sheet1',
      'Template',
      'Purser settings',
      'Purser rates',
      'Purser register',
      'Purser adjustments',
      'Purser accepted',
      'Purser carried forward',
      'Purser evidence',
      'Purser log',
    ]);
    expect((await purser.files()).map(({ name }) => name)).toEqual([
      'Purser',
      'reports',
      'revenue-ledger',
      '2026',
      '2026',
    ]);
    const triggers = purser.appsScript().triggers();
    expect(triggers.map(({ handler, owner, schedule }) => [handler, owner, schedule])).toEqual([
      ['monthlyStatement', OWNER.email, { every: 'month', day: 1, hour: 6, minute: 0 }],
      ['tick', OWNER.email, { every: 'hours', n: 1 }],
      ['syncCalendars', OWNER.email, { every: 'minutes', n: 30 }],
    ]);
    expect(purser.appsScript().properties('user', OWNER.email).has('aws.credentials')).toBe(true);
    expect(purser.appsScript().properties('document').get('owner')).toBe(OWNER.email);
  });

  it('chosen again changes nothing, makes no twins and asks for no keys', async () => {
    await purser.begin();
    const before = [await purser.titles(), (await purser.files()).length];
    const { problems } = purser.setUp({
      answers: ({ kind, title }) => {
        if (kind === 'prompt') throw new Error('asked for keys again');
        return title === 'AWS' ? { button: 'NO' } : null;
      },
    });
    expect(problems).toEqual([]);
    expect([await purser.titles(), (await purser.files()).length]).toEqual(before);
    expect(
      purser
        .appsScript()
        .triggers()
        .map(({ handler }) => handler)
        .sort(),
    ).toEqual(['monthlyStatement', 'syncCalendars', 'tick']);
  });

  it('takes other AWS keys in the place of those that are stored', async () => {
    await purser.begin({ aws: 'keys' });
    const others = { accessKeyId: 'AKIAOTHERKEY00000000', secretAccessKey: 'another/secret/key/00000' };
    purser
      .appsScript()
      .properties('user', OWNER.email)
      .set('aws.credentials', JSON.stringify({ schema: 2, way: 'keys', ...others }));
    expect(purser.preview('2026-05')).toMatchObject({ error: { code: 'aws-credentials-refused' } });
    const typed = [LOCAL_KEYS.accessKeyId, LOCAL_KEYS.secretAccessKey];
    purser.setUp({
      answers: ({ kind, title }) => {
        if (title !== 'AWS') return null;
        return kind === 'prompt' ? { button: 'OK', text: typed.shift() ?? '' } : { button: 'YES' };
      },
    });
    const stored = [...purser.appsScript().properties('user').values()].join();
    expect(stored).not.toContain('AKIAOTHERKEY00000000');
    expect(purser.send('2026-05').status).toBe('sent');
  });

  it('adds the settings that the tab of an older version lacks, and keeps what a person typed', async () => {
    await purser.begin({ settings: { Company: 'Heron & Sons' } });
    const { a1 } = findCell(await purser.tab('Purser settings'), 'Statement day');
    await purser.type('Purser settings', a1, '');
    await purser.type('Purser settings', a1.replace('A', 'B'), '');
    const { problems } = purser.setUp();
    expect(problems).toEqual([]);
    const settings = await purser.tab('Purser settings');
    const added = findCell(settings, 'Statement day').a1;
    expect(added).not.toBe(a1);
    expect(settings.cells[added.replace('A', 'B')]?.input).toBe('1');
    expect(settings.cells.B2?.input).toBe('Heron & Sons');
  });

  it('moves the monthly trigger when the statement day changes', async () => {
    await purser.begin({ settings: { 'Statement day': '5' } });
    purser.setUp();
    const monthly = purser
      .appsScript()
      .triggers()
      .filter(({ handler }) => handler === 'monthlyStatement');
    expect(monthly.map(({ schedule }) => schedule)).toMatchObject([{ every: 'month', day: 5 }]);
  });

  it('sets the monthly trigger by the clocks of the settings’ zone', async () => {
    await purser.begin({ settings: { 'Time zone': 'Pacific/Auckland' } });
    purser.setUp();
    const monthly = purser
      .appsScript()
      .triggers()
      .find(({ handler }) => handler === 'monthlyStatement');
    expect(monthly).toMatchObject({ timeZone: 'Pacific/Auckland', schedule: { hour: 6 } });
  });

  it('says what is wrong and does the rest: no tables, no index, keys mistyped', async () => {
    await purser.begin({ setUp: false });
    const first = purser.setUp({
      answers: ({ kind }) => (kind === 'prompt' ? { button: 'OK', text: 'not a key' } : null),
    });
    expect(first.problems.join('\n')).toContain('Purser has neither a role in AWS nor AWS keys of yours');
    expect((await purser.files()).length).toBe(5);
    await purser.setting('Charters table', 'nope-table');
    const second = purser.setUp();
    expect(second.problems.join('\n')).toContain('nope-table');
    expect(second.good.join('\n')).toContain('Table crew-roster in us-east-1 can be read.');
    await purser.setting('Charters table', 'crew-dispatch');
    await purser.setting('Charters index', 'nope');
    expect(purser.setUp().problems.join('\n')).toContain(
      'has no index “nope”; it has month-date-index (month, date)',
    );
    await purser.setting('Standard rate', 'much');
    expect(purser.setUp().problems.join('\n')).toContain("'Purser settings'!B3");
  });

  it('keeps a Template and own tabs that are there, and makes only what is missing', async () => {
    await purser.begin();
    purser.edit({ deleteSheet: { sheetId: (await purser.tab('Purser rates')).sheetId } });
    await purser.type('Template', 'A1', 'My own heading');
    purser.setUp();
    expect(await purser.titles()).toEqual([
      'Sheet1',
      'Template',
      'Purser settings',
      'Purser register',
      'Purser adjustments',
      'Purser accepted',
      'Purser carried forward',
      'Purser evidence',
      'Purser log',
      'Purser rates',
    ]);
    expect((await purser.tab('Template')).cells.A1?.input).toBe('My own heading');
  });

  it('is not needed for tabs that a workbook of an earlier version lacks: a run makes them', async () => {
    await purser.begin();
    const titles = await purser.titles();
    for (const title of titles.slice(titles.indexOf('Purser adjustments')))
      purser.edit({ deleteSheet: { sheetId: (await purser.tab(title)).sheetId } });
    expect(purser.preview().status).toBe('ready');
    expect(await purser.titles()).toEqual(titles);
  });
});

describe('a table with other names', () => {
  const renamed: Readonly<Record<string, string>> = {
    charterId: 'tripId',
    month: 'yearMonth',
    date: 'sailDate',
    departs: 'departureTime',
    vessel: 'boat',
    kind: 'tripType',
    guests: 'pax',
    comps: 'complimentary',
    flatPrice: 'charterPrice',
    revenueTotal: 'totalRevenue',
    crew: 'staff',
    bookingRefs: 'reservations',
    compNotes: 'compReason',
  };
  const rename = (item: Item): Item =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [renamed[name] ?? name, value]));
  const charters = crewDispatch();
  const schemas = {
    charters: {
      ...charters,
      partition: { name: 'tripId', type: 'S' } as const,
      indexes: (charters.indexes ?? []).map((index) => ({
        ...index,
        partition: { name: 'yearMonth', type: 'S' } as const,
        sort: { name: 'sailDate', type: 'S' } as const,
      })),
    },
    roster: crewRoster(),
  };
  const scene = { setUp: false, schemas, charters: cleanMonth().map(rename) };

  it('is understood after one yes, and the month is sent', async () => {
    await purser.begin(scene);
    let asked = '';
    const { good, problems } = purser.setUp({
      answers: ({ title, message }) => {
        if (title === 'Attributes') asked = message;
        return null;
      },
    });
    expect(problems).toEqual([]);
    for (const [attribute, name] of Object.entries(renamed))
      expect(asked).toContain(`• ${attribute}: “${name}” instead of “${attribute}”`);
    expect(good.join('\n')).toContain(`Mapped ${Object.keys(renamed).length} attributes.`);
    expect(findCell(await purser.tab('Purser settings'), 'totalRevenue').a1).toMatch(/^B/);
    expect(purser.send()).toMatchObject({
      status: 'sent',
      totals: { charters: 3, reportableCents: 275_000 },
      findings: [],
    });
  });

  it('is left alone after a no, and a run says what it misses', async () => {
    await purser.begin(scene);
    const { problems } = purser.setUp({ yes: false });
    expect(problems.join('\n')).toContain('Map them in the settings');
    const report = purser.send();
    expect(report.status).not.toBe('sent');
    expect(await purser.mails()).toEqual([]);
  });

  it('keeps regions comparable: the same words for the same thing', async () => {
    await purser.begin({
      ...scene,
      chartersSecond: [
        rename(charter('C-2026-05-1', { date: '2026-05-03', guests: 9 })),
        ...scene.charters.slice(1),
      ],
    });
    purser.setUp();
    expect(purser.send().findings).toMatchObject([
      { code: 'regions-differ', message: expect.stringContaining('pax “8” against “9”') },
    ]);
  });
});

it('asks the user for no more than the manifest in the repository says', () => {
  const { oauthScopes } = JSON.parse(readFileSync('appsscript.json', 'utf8')) as { oauthScopes: string[] };
  expect(oauthScopes.some((scope) => /mail\.google\.com|auth\/drive$|gmail\.modify/.test(scope))).toBe(false);
});
