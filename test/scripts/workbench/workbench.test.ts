/** The workbench over HTTP: a person tries the whole product in a browser. */
import { networkInterfaces } from 'node:os';
import type {
  ActResult,
  CalendarsView,
  DriveFileView,
  LogEntry,
  MailLine,
  MailView,
  Overview,
  QuestionView,
  Reply,
  TabView,
} from '../../../scripts/workbench/contract.ts';
import type { WorkbenchProcess } from '../../tools/workbench.ts';
import { startWorkbenchProcess } from '../../tools/workbench.ts';

/** Few, and without booking mail, which would have to be read first: quickly reset. */
const CHARTERS = 12;

let workbench: WorkbenchProcess;
let closePage: () => void = () => {};

beforeAll(async () => {
  workbench = await startWorkbenchProcess('--generate', String(CHARTERS), '--gone-after', '1');
  closePage = await workbench.openPage();
});
afterAll(() => {
  closePage();
  workbench.end();
});

const reset = () => workbench.act({ do: 'reset', month: '2026-05', generate: CHARTERS, firstDay: false });

async function tabNamed(title: string): Promise<TabView> {
  const { tabs } = await workbench.overview();
  const found = tabs.find((tab) => tab.title === title);
  if (found === undefined) throw new Error(`There is no tab ${title}: ${tabs.map((tab) => tab.title)}`);
  return workbench.view<TabView>(`tab?id=${found.id}`);
}

async function cell(title: string, row: number, column: number) {
  const { cells } = await tabNamed(title);
  return cells.find((one) => one.row === row && one.column === column) ?? null;
}

/** What a person says who wants the month out. */
function sayYes({ kind, message, buttons }: QuestionView) {
  if (kind === 'prompt')
    return { button: 'OK', text: /certify/.test(message) ? 'Nora Whitfield' : '' } as const;
  return { button: buttons.includes('YES') ? 'YES' : 'OK', text: '' } as const;
}

const send = (seen?: (overview: Overview) => void | Promise<void>): Promise<Reply<ActResult>> =>
  workbench.actAnswering({ do: 'menu', functionName: 'sendStatement' }, sayYes, seen);

describe('who can reach it', () => {
  it('nobody from another computer', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4');
    const host = outside?.address ?? '127.0.0.2';
    const { port } = new URL(workbench.origin);
    await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('no page under another name that points to this computer', async () => {
    const { port, host } = new URL(workbench.origin);
    expect(await workbench.statusAs(`evil.example:${port}`, '/api/overview')).toBe(403);
    expect(await workbench.statusAs('127.0.0.1', '/')).toBe(403);
    expect(await workbench.statusAs(host, '/api/overview')).toBe(200);
    expect(await workbench.statusAs(`localhost:${port}`, '/api/overview')).toBe(200);
  });

  it('no other page of the browser, which does not know the token, or gives itself away', async () => {
    const { origin, token } = workbench;
    const post = async (headers: Record<string, string>): Promise<number> => {
      const body = JSON.stringify({ do: 'stop' });
      return (await fetch(`${origin}/api/act`, { method: 'POST', headers, body })).status;
    };
    expect(await post({})).toBe(403);
    expect(await post({ 'X-Workbench-Token': 'x'.repeat(token.length) })).toBe(403);
    expect(await post({ 'X-Workbench-Token': token, Origin: 'https://evil.example' })).toBe(403);
    expect(await post({ 'X-Workbench-Token': token, Origin: origin })).toBe(200);
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await fetch(`${origin}/api/overview`, { headers })).status).toBe(403);
  });

  it('nobody with a request that is too long, which is answered in words', async () => {
    const reply = await fetch(`${workbench.origin}/api/act`, {
      method: 'POST',
      headers: { 'X-Workbench-Token': workbench.token },
      body: 'x'.repeat(4_000_001),
    });
    expect(reply.status).toBe(413);
    expect(await reply.text()).toContain('too long');
  });

  it('no page of the script but with its own key', async () => {
    const body = JSON.stringify({ frame: 99_999, key: 'x', name: 'accountsView', args: [] });
    const { status } = await fetch(`${workbench.origin}/frame-call`, { method: 'POST', body });
    expect(status).toBe(403);
  });
});

describe('what a person sees', () => {
  it('the workbook with its formats, the mailbox, Drive, the menu and the triggers', async () => {
    await reset();
    const overview = await workbench.overview();
    expect(overview).toMatchObject({
      title: 'Blue Heron revenue 2026',
      company: 'Blue Heron Charters',
      clock: { local: '2026-06-01 06:00' },
      busy: null,
    });
    expect(overview.menus.map(({ caption }) => caption)).toEqual(['Purser']);
    expect(overview.triggers.map(({ handler, schedule }) => `${handler} ${schedule}`)).toEqual([
      'monthlyStatement on day 1 of each month at 06:00',
      'tick every hour',
      'syncCalendars every 30 minutes',
    ]);
    const template = await tabNamed('Template');
    const company = template.cells.find(({ text }) => text === '{{company}}');
    expect(template.styles[company?.style ?? 0]).toMatchObject({ bold: true, fill: '#1b365d' });
    expect(template.frozenRows).toBeGreaterThan(0);
    expect(template.columnWidths).toHaveLength(template.columnCount);

    const mails = await workbench.view<readonly MailLine[]>('mails');
    expect(mails.length).toBe(overview.mailboxes[0]?.messages);
    expect(mails.map(({ at }) => at)).toEqual(
      mails
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  it('what they type, computed', async () => {
    const ledger = await tabNamed('Ledger');
    const type = (a1: string, input: string) => workbench.act({ do: 'type', tab: ledger.id, a1, input });
    await type('Y1', '2');
    await type('Z1', '=Y1*21');
    expect(await cell('Ledger', 0, 25)).toMatchObject({ text: '42', input: '=Y1*21', kind: 'number' });
    await type('Z1', '');
    expect((await cell('Ledger', 0, 25))?.text ?? '').toBe('');
  });

  it('what Sheets refuses, in its words', async () => {
    const { tabs } = await workbench.overview();
    const tab = tabs[0]?.id ?? -1;
    expect(await workbench.act({ do: 'rename-tab', tab, title: 'Template' })).toMatchObject({
      ok: false,
      error: { what: expect.stringContaining('already exists') },
    });
  });

  it('names as they are, whatever is in them', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&';
    await workbench.act({ do: 'duplicate-tab', tab: (await tabNamed('Ledger')).id });
    const copy = await tabNamed('Copy of Ledger');
    await workbench.act({ do: 'rename-tab', tab: copy.id, title: hostile });
    await workbench.act({ do: 'type', tab: copy.id, a1: 'A1', input: hostile });
    expect(await cell(hostile, 0, 0)).toMatchObject({ text: hostile, kind: 'text' });
    const page = await (await fetch(`${workbench.origin}/`)).text();
    expect(page).not.toContain('onerror');
    await workbench.act({ do: 'delete-tab', tab: copy.id });
    expect((await workbench.overview()).tabs.map(({ title }) => title)).not.toContain(hostile);
  });
});

describe('a month', () => {
  it('is sent from the menu, with its questions answered, and seen on its way', async () => {
    await reset();
    const seen: string[] = [];
    const asked: string[] = [];
    const ended = await workbench.actAnswering(
      { do: 'menu', functionName: 'sendStatement' },
      (question) => {
        asked.push(question.title);
        return sayYes(question);
      },
      ({ busy }) => {
        if (busy !== null) seen.push(busy.waits ? 'waits' : busy.progress);
      },
    );
    expect(ended).toMatchObject({ ok: true });
    expect(asked).toEqual(['Purser: Send statement', 'Statement for May 2026']);
    expect(seen).toContain('waits');
    expect(seen.filter((words) => /^\w+ \(\d of 8\)$/.test(words)).length).toBeGreaterThan(0);

    const overview = await workbench.overview();
    expect(overview.tabs.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['May 2026', 'Audit May 2026']),
    );
    const files = await workbench.view<readonly DriveFileView[]>('drive');
    const filed = files.find(({ name }) => /^statement-2026-05-PRS\w+V1\.xlsx$/.test(name));
    const download = await fetch(`${workbench.origin}${filed?.url}`);
    expect(download.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${filed?.name}`);
    const bytes = await download.arrayBuffer();
    // The report, in a sandbox without an origin.
    expect(overview.dialogs).toMatchObject([{ title: 'Statement for 2026-05' }]);
    const frame = await fetch(`${workbench.origin}${overview.dialogs[0]?.url}`);
    expect(frame.headers.get('content-security-policy')).toMatch(
      /^sandbox allow-scripts (?!.*allow-same-origin)/,
    );
    expect(await frame.text()).toContain('Reportable revenue');

    const [sent] = (await workbench.view<readonly MailLine[]>('mails')).filter(({ labels }) =>
      labels.includes('SENT'),
    );
    const mail = await workbench.view<MailView>(`mail?id=${sent?.id}`);
    expect(mail.subject).toBe('Blue Heron Charters revenue statement, May 2026');
    expect(mail.text).toContain('Completed charters');
    const file = await fetch(`${workbench.origin}${mail.files[0]?.url}`);
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    const html = await fetch(`${workbench.origin}${mail.htmlUrl}`);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    const log = await workbench.view<readonly LogEntry[]>('log');
    expect(log.map(({ text }) => text)).toContain(
      'POST gmail.googleapis.com/upload/gmail/v1/users/me/messages/send → 200',
    );
  });

  it('is held when a region is down, until it is up again', async () => {
    await reset();
    await workbench.act({ do: 'fault', id: 'down:us-east-1', on: true });
    await send();
    expect((await workbench.overview()).faults.filter(({ on }) => on)).toMatchObject([
      { label: 'us-east-1 is down' },
    ]);
    const mailed = async () =>
      (await workbench.view<readonly MailLine[]>('mails')).filter(({ subject }) =>
        subject.includes('May 2026'),
      ).length;
    const before = await mailed();
    const [held] = (await workbench.overview()).dialogs;
    expect(await (await fetch(`${workbench.origin}${held?.url}`)).text()).toContain('us-east-1');
    await workbench.act({ do: 'fault', id: 'down:us-east-1', on: false });
    await send();
    expect(await mailed()).toBe(before + 1);
  });

  it('goes on telling how far it is while a slow network lets each call take its time', async () => {
    await reset();
    await workbench.act({ do: 'menu', functionName: 'openSidebar' });
    const frame = (await workbench.overview()).sidebar?.url ?? '';
    await workbench.act({ do: 'network', slow: true, factor: 0.1 });
    const told = new Set<string>();
    let ended: Reply<unknown> | null = null;
    const check = workbench.call(frame, 'sidebarCheck', '2026-05').then((reply) => {
      ended = reply;
    });
    while (ended === null) {
      const progress = await workbench.call(frame, 'sidebarProgress');
      told.add(JSON.stringify(progress));
      const { busy } = await workbench.overview();
      if (busy !== null) told.add(busy.what);
    }
    await check;
    expect(ended).toMatchObject({ ok: true, value: { ok: true } });
    expect([...told].some((words) => words.includes('"month":"2026-05"'))).toBe(true);
    expect(told).toContain('Page: sidebarCheck');
    await workbench.act({ do: 'network', slow: false, factor: 1 });
    expect((await workbench.overview()).busy).toBeNull();
  });

  it('waits no longer for an answer when everybody has closed the page', async () => {
    closePage();
    const ended = await workbench.act({ do: 'menu', functionName: 'sendStatement' });
    expect(ended).toMatchObject({ ok: true });
    expect((await workbench.overview()).questions).toEqual([]);
    closePage = await workbench.openPage();
  });
});

describe('time', () => {
  it('is moved by a person, and what falls due on the way is fired', async () => {
    await reset();
    await workbench.act({ do: 'clock-by', unit: 'day', fire: false });
    expect((await workbench.overview()).clock.local).toBe('2026-06-02 06:00');
    const moved = await workbench.act({ do: 'clock-to', at: '2026-06-02T12:30:00.000Z', fire: true });
    expect(moved).toMatchObject({ ok: true, value: { words: '9 triggers were fired.' } });
    const { clock, triggers } = await workbench.overview();
    expect(clock.local).toBe('2026-06-02 08:30');
    expect(triggers.find(({ handler }) => handler === 'tick')?.next).toBe('2026-06-02T13:00:00.000Z');
  });

  it('a trigger is fired by hand, due or not', async () => {
    await reset();
    const { triggers } = await workbench.overview();
    const id = triggers.find(({ handler }) => handler === 'tick')?.id ?? '';
    expect(await workbench.act({ do: 'fire', trigger: id })).toMatchObject({
      ok: true,
      value: { words: 'tick was fired.' },
    });
    expect(await workbench.act({ do: 'fire', trigger: 'gone' })).toMatchObject({ ok: false });
  });
});

describe('calendars', () => {
  it('are there once somebody has one, and their owner adds, moves and deletes events in them', async () => {
    await reset();
    expect(await workbench.view('calendars')).toEqual({ calendars: [], crew: [] });
    const place = { account: 'tom@harbor.example', calendar: 'primary' };
    const words = { title: 'Aurora at dusk', start: '2026-06-03T17:30', end: '2026-06-03T19:30' };
    expect(await workbench.act({ do: 'add-event', ...place, ...words })).toMatchObject({ ok: true });
    const eventsNow = async () =>
      (await workbench.view<CalendarsView>('calendars')).calendars[0]?.events ?? [];
    const [made] = await eventsNow();
    expect(made).toMatchObject({ title: 'Aurora at dusk', start: '2026-06-03T17:30:00-04:00', by: 'person' });
    const event = made?.id ?? '';
    const later = { ...words, start: '2026-06-04T18:00', end: '2026-06-04T20:00' };
    await workbench.act({ do: 'change-event', event, ...place, ...later });
    expect(await eventsNow()).toMatchObject([{ id: event, start: '2026-06-04T18:00:00-04:00' }]);
    await workbench.act({ do: 'delete-event', event, ...place });
    expect(await eventsNow()).toMatchObject([{ id: event, deleted: true }]);
    expect(await workbench.act({ do: 'delete-event', event, ...place })).toMatchObject({ ok: false });
    expect(await workbench.act({ do: 'expire-sync-tokens' })).toMatchObject({ ok: true });
    // Made-up charters have no crew with calendars.
    expect(await workbench.act({ do: 'connect-crew' })).toMatchObject({ ok: false });
  });
});

describe('the first day', () => {
  it('begins with nothing set up, and Set up… asks what it needs', async () => {
    await workbench.act({ do: 'reset', month: '2026-05', generate: CHARTERS, firstDay: true });
    const before = await workbench.overview();
    expect(before.triggers).toEqual([]);
    expect(before.tabs.map(({ title }) => title)).not.toContain('Purser settings');
    const role = before.remarks
      .map((words) => /arn:\S+[^.\s]/.exec(words)?.[0])
      .find((arn) => arn !== undefined);
    await workbench.actAnswering({ do: 'menu', functionName: 'setUp' }, (question) =>
      question.kind === 'prompt'
        ? { button: 'OK', text: /role arn/i.test(question.message) ? (role ?? '') : '' }
        : sayYes(question),
    );
    const after = await workbench.overview();
    expect(after.tabs.map(({ title }) => title)).toContain('Purser settings');
    expect(after.triggers.map(({ handler }) => handler)).toEqual(
      expect.arrayContaining(['tick', 'monthlyStatement']),
    );
  });
});
