/** The sidebar’s first view of a month: how it stands, in three calls, whoever brought it there. */
import type { FindingView, SidebarView } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import type { Item, Scene } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { findCell } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { hostCalls, resultOf, sidebarOf } from './sidebar-calls.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const LEDGER_LACKS: Item = charter('C-short', { revenueTotal: 900 });
const held: Scene = { charters: [...cleanMonth(), LEDGER_LACKS] };

function view(month: string | null = null): SidebarView {
  return resultOf(sidebarOf(purser)('sidebarView', month));
}

/** `collected done, audited stopped, …` of those that are not to do. */
function stepsOf({ steps }: SidebarView): string {
  return steps
    .filter(({ state }) => state !== 'to-do')
    .map(({ step, state }) => `${step} ${state}`)
    .join(', ');
}

function only(findings: readonly FindingView[]): FindingView {
  const [finding, ...more] = findings;
  if (finding === undefined || more.length > 0) throw new Error(`There are ${findings.length} findings.`);
  return finding;
}

it('shows last month before anything happened to it, in three calls of the platform', async () => {
  await purser.begin();
  expect(hostCalls(purser, view)).toBe(3);
  expect(view()).toMatchObject({
    company: 'Harbor Sails',
    currency: 'USD',
    timeZone: 'America/New_York',
    month: '2026-05',
    label: 'May 2026',
    version: 1,
    state: 'new',
    stateWords: 'May 2026 has not been calculated yet.',
    figures: null,
    asOf: null,
    running: null,
    findings: [],
    history: [],
    links: [],
    unknown: null,
    mayRun: true,
    ownerWords: '',
  });
  expect(stepsOf(view())).toBe('');
});

it('shows a month that was sent from the menu, with who certified it, to how many, and where all of it is', async () => {
  await purser.sent();
  purser.at('2026-06-03', 9);
  const sent = view();
  expect(sent).toMatchObject({
    state: 'sent',
    stateWords: 'Sent on June 1, 2026 to 3 people.',
    figures: { charters: 3, guests: 24, comps: 2, paying: 22, reportableCents: 275_000, differenceCents: 0 },
    asOf: '2026-06-01T10:00:00.000Z',
    next: { at: null, words: 'Once a day Purser looks whether it has changed at the source.' },
    findings: [],
    history: [{ month: '2026-05', label: 'May 2026', reportableCents: 275_000, guests: 24 }],
  });
  expect(sent.steps).toMatchObject([
    { step: 'collected', state: 'done', at: '2026-06-01T10:00:00.000Z' },
    { step: 'audited', state: 'done', words: 'nothing is open' },
    { step: 'posted', state: 'done', at: '2026-06-01T10:00:00.000Z', words: 'tab “May 2026”' },
    { step: 'approved', state: 'done', words: `by ${OWNER.name}` },
    { step: 'filed', state: 'done', words: expect.stringContaining('.xlsx') },
    { step: 'sent', state: 'done', at: '2026-06-01T10:00:00.000Z', words: 'to 3 people' },
  ]);
  expect(sent.links.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'cell Month tab',
    'cell Audit',
    'file Filed statement',
    'mail Mail',
  ]);
  for (const { url } of sent.links) expect(url).toMatch(/^https:\/\//);
  expect(sent.tabTitles).toEqual(['Sheet1', 'Template', 'May 2026']);
});

it('shows what the clock has found in a held month, with the links that the audit tab has, in three calls', async () => {
  await purser.begin(held);
  expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'held' });
  expect(hostCalls(purser, view)).toBe(3);
  const shown = view();
  expect(shown).toMatchObject({ state: 'held', stateWords: '1 finding blocks sending.' });
  expect(stepsOf(shown)).toBe('collected done, audited done, posted done, approved stopped');
  expect(only(shown.findings)).toMatchObject({
    code: 'revenue-differs',
    severity: 'block',
    words: expect.stringContaining('recorded $900.00, $100.00 less'),
    cents: -10_000,
    charterId: 'C-short',
    mayAccept: true,
    accepted: null,
    links: [
      { kind: 'region', url: expect.stringContaining('us-east-1.console.aws.amazon.com') },
      { kind: 'region', url: expect.stringContaining('us-west-2.console.aws.amazon.com') },
    ],
  });
});

it('finds them whatever the audit tab is called by now', async () => {
  await purser.begin(held);
  purser.trigger('monthlyStatement');
  const audit = (await purser.tabs()).find(({ title }) => title === 'Audit May 2026');
  purser.edit({
    updateSheetProperties: {
      properties: { sheetId: audit?.sheetId, title: "Bob’s “audit” o'May" },
      fields: 'title',
    },
  });
  expect(only(view().findings)).toMatchObject({ code: 'revenue-differs', cents: -10_000 });
});

it('a row that somebody typed into “Purser accepted” shows at once', async () => {
  await purser.begin(held);
  purser.trigger('monthlyStatement');
  const row = ['2026-05', 'revenue-differs', 'C-short', '-100', 'Paid in cash', 'Dana'];
  for (const [column, text] of row.entries())
    await purser.type('Purser accepted', `${'ABCDEF'[column]}2`, column === 3 ? text : `'${text}`);
  const shown = view();
  expect(only(shown.findings).accepted).toEqual({ by: 'Dana', reason: 'Paid in cash' });
  expect(shown.stateWords).toContain('what held it is accepted by now');
});

it('what a run found that could post no audit tab is told as far as the register knows it', async () => {
  await purser.begin();
  purser.send('2026-05', { yes: false });
  const { a1 } = findCell(await purser.tab('May 2026'), 'C-2026-05-1');
  await purser.type('May 2026', a1, 'Mine');
  purser.at('2026-06-02', 9);
  expect(purser.trigger('tick')).toMatchObject({ status: 'held' });
  const shown = view();
  expect(shown.state).toBe('held');
  expect(only(shown.findings)).toMatchObject({ code: 'tab-edited', severity: 'block', mayAccept: false });
});

it('guests, vessels and companies with markup in their names stay text, and lead nowhere but to https', async () => {
  const markup = '<img src=x onerror=alert(1)>';
  await purser.begin({
    charters: [
      charter(`C-${markup}`, { vessel: markup, revenueTotal: 900, bookingRefs: [markup], compNotes: markup }),
    ],
    settings: { Company: markup },
  });
  purser.trigger('monthlyStatement');
  const shown = view();
  expect(shown.company).toBe(markup);
  expect(shown.findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(shown.findings)).toContain('onerror');
  for (const { url } of shown.findings.flatMap(({ links }) => links)) {
    if (url !== null) expect(url).toMatch(/^https:\/\/[^<>"\s]+$/);
  }
});

it('shows other months of the register, oldest first in the picture and newest first to choose', async () => {
  await purser.sent({
    charters: [...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })],
  });
  purser.at('2026-07-01');
  expect(purser.send('2026-06')).toMatchObject({ status: 'sent' });
  await purser.type('Purser register', 'A4', "'2025-05");
  await purser.type('Purser register', 'C4', 'sent by hand');
  const shown = view();
  expect(shown.month).toBe('2026-06');
  expect(shown.months).toEqual([
    { month: '2026-06', label: 'June 2026', state: 'sent' },
    { month: '2026-05', label: 'May 2026', state: 'sent' },
    { month: '2025-05', label: 'May 2025', state: 'sent' },
  ]);
  expect(shown.history.map(({ month }) => month)).toEqual(['2026-05', '2026-06']);
  expect(view('2026-05').history.map(({ month }) => month)).toEqual(['2026-05']);
  expect(view('2025-05')).toMatchObject({ stateWords: 'Sent, as the register says.', figures: null });
});

it('a month that is not over says so, and when the clock comes to it', async () => {
  await purser.begin({ settings: { 'Statement day': '3' } });
  expect(view('2026-06')).toMatchObject({
    state: 'open',
    stateWords: 'June 2026 is not over yet: it can be checked now, and sent from July 1, 2026.',
    next: { at: '2026-07-03T10:00:00.000Z', words: expect.stringContaining('Purser checks June 2026') },
  });
});

it('a month of hundreds of findings shows the worst that could be kept, and counts them all', async () => {
  const many = Array.from({ length: 150 }, (_, index) =>
    charter(`C-short-${index}`, { revenueTotal: 900 - index, notes: 'x'.repeat(50) }),
  );
  await purser.begin({ charters: many });
  const call = sidebarOf(purser);
  const checked = resultOf(call('sidebarCheck', '2026-05')).view;
  expect(checked.moreFindings).toBe(0);
  const all = checked.findings.length;
  expect(all).toBeGreaterThan(140);
  const shown = view('2026-05');
  expect(shown.moreFindings).toBeGreaterThan(0);
  expect(shown.findings.length + shown.moreFindings).toBe(all);
  expect(shown.findings).toEqual(checked.findings.slice(0, shown.findings.length));
  expect(shown.stateWords).toBe(checked.stateWords);
  expect(shown.steps).toEqual(checked.steps);
  // The audit tab has them all.
  resultOf(call('sidebarPrepare', '2026-05'));
  expect(view('2026-05')).toMatchObject({ moreFindings: 0, findings: { length: all } });
});

it('another person sees the month too, and who may run it', async () => {
  await purser.sent();
  purser.appsScript().properties('document').set('owner', 'captain@harbor.example');
  const shown = view();
  expect(shown).toMatchObject({ state: 'sent', mayRun: false });
  expect(shown.ownerWords).toContain('captain@harbor.example runs Purser in this workbook');
});

it('a setting that can’t be used is named with its cell, and the month is shown all the same', async () => {
  await purser.begin(held);
  purser.trigger('monthlyStatement');
  await purser.setting('Statement day', 'soon');
  const shown = view();
  expect(shown).toMatchObject({ state: 'held', company: 'Harbor Sails', next: null });
  expect(shown.stateWords).toMatch(/'Purser settings'!B\d+ \(Statement day\)/);
});

it('a workbook that was never set up has its month, and nothing of it yet', async () => {
  await purser.begin({ setUp: false });
  expect(view()).toMatchObject({ company: 'Harbor Sails', state: 'new', mayRun: true, next: null });
});

it('one of Purser’s tabs whose mark is lost is read by its title, in one call more', async () => {
  await purser.sent();
  const register = (await purser.tabs()).find(({ title }) => title === 'Purser register');
  purser.edit({
    deleteDeveloperMetadata: {
      dataFilter: {
        developerMetadataLookup: {
          metadataLocation: { sheetId: register?.sheetId },
          locationMatchingStrategy: 'EXACT_LOCATION',
          metadataKey: 'purser.tab',
        },
      },
    },
  });
  expect(view().history).toHaveLength(1);
  expect(hostCalls(purser, view)).toBe(4);
});

it('a Google that does not answer is an error in words', async () => {
  await purser.begin();
  await purser.faults({ host: 'sheets.googleapis.com', play: { lost: { status: 503, body: '' } } });
  const answer = sidebarOf(purser)('sidebarView', null);
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'service-unavailable', now: expect.stringMatching(/\w/) },
  });
});
