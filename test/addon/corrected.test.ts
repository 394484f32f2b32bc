/** A corrected statement: another version of a month that is out, in its thread, with the version before kept as it was. */
import type { HostCall } from '../../scripts/local/apps-script/host-calls.ts';
import { SPREADSHEET_ID } from '../../scripts/local/workspace.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Item, Mail, Purser } from '../tools/workspace.ts';
import {
  ACCOUNTANT,
  charter,
  cleanMonth,
  findCell,
  OWNER,
  openPurser,
  PARTNERS,
  rowValues,
  visible,
} from '../tools/workspace.ts';

const REGISTER = 'Purser register';
const JUNE = charter('C-june', { month: '2026-06', date: '2026-06-09' });
/** Of May, whose first charter is what these tests change. */
const FIRST = 'C-2026-05-1';
const may = (change: Item = {}): readonly Item[] => [
  ...cleanMonth().map((item) => (item.charterId === FIRST ? { ...item, ...change } : item)),
  JUNE,
];
const REFUNDED = may({ refund: 125, revenueTotal: 875 });
const [V1, V2, V3] = ['PRSYYPK202605V1', 'PRSYYPK202605V2', 'PRSYYPK202605V3'] as const;

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});
afterAll(() => purser.close());

/** Chooses “Corrected statement…”, and certifies it unless told otherwise. */
function correct(choices: Choices & { readonly month?: string } = {}): RunReport {
  const said: string[] = [];
  const { month = '2026-05', yes = true } = choices;
  const report = purser.appsScript().run('sendCorrection', [], {
    answers: (question) => {
      said.push(question.message);
      const own = choices.answers?.(question) ?? null;
      if (own !== null) return own;
      if (question.kind !== 'prompt') return { button: question.buttons.includes('YES') ? 'YES' : 'OK' };
      if (!/certify/.test(question.message)) return { button: 'OK', text: month };
      return yes ? { button: 'OK', text: OWNER.name } : { button: 'CANCEL' };
    },
  });
  asked = said;
  return JSON.parse(JSON.stringify(report)) as RunReport;
}
let asked: readonly string[] = [];

async function sentMay(settings: Readonly<Record<string, string>> = {}, charters = may()): Promise<void> {
  await purser.begin({ charters, settings: { 'Explain changes over': '', ...settings } });
  const report = purser.send();
  if (report.status !== 'sent') throw new Error(JSON.stringify(report.error ?? report.findings));
  purser.at('2026-06-03', 9);
}

const statements = (): Promise<readonly Mail[]> => purser.mails('statement');
const header = (mail: Mail | undefined, name: string): string => String(mail?.headers.get(name) ?? '');
const reportable = async (title: string): Promise<unknown> => {
  const tab = await purser.tab(title);
  const { a1 } = findCell(tab, /^=SUM\(J\d+:J\d+\)$/);
  return tab.cells[a1]?.value;
};
const register = async (): Promise<readonly (readonly unknown[])[]> => {
  const tab = await purser.tab(REGISTER);
  const rows: unknown[][] = [];
  for (let row = 2; rowValues(tab, row).A !== undefined; row++) {
    const { A, B, C, H, K } = rowValues(tab, row);
    rows.push([A, B, C, H, K]);
  }
  return rows;
};
const keptTabs = async (): Promise<readonly string[]> =>
  (await purser.tabs())
    .filter(({ title, hidden }) => hidden && / v\d/.test(title))
    .map(({ title }) => title)
    .sort();

/** What a person reads who wants to change the tab. */
async function protectionsOf(title: string): Promise<readonly string[]> {
  const { sheetId } = await purser.tab(title);
  const sent = purser.workspace.network.fetchAllSync([
    {
      method: 'GET',
      url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}?fields=sheets(properties(sheetId),protectedRanges(description))`,
      headers: { authorization: `Bearer ya29.local-${OWNER.email}` },
      body: new Uint8Array(),
    },
  ]);
  const reply = Array.isArray(sent) ? Buffer.from(sent[0]?.body ?? []).toString() : '';
  const { sheets } = JSON.parse(reply) as {
    sheets: { properties: { sheetId?: number }; protectedRanges?: { description: string }[] }[];
  };
  const found = sheets.find(({ properties }) => (properties.sheetId ?? 0) === sheetId);
  return (found?.protectedRanges ?? []).map(({ description }) => description);
}

/** As another editor of the workbook asks the Sheets API. @returns its status */
async function editAs(email: string, ...requests: readonly object[]): Promise<number> {
  const { accessToken } = await purser.workspace.giveTokens(email, [
    'https://www.googleapis.com/auth/spreadsheets',
  ]);
  const sent = purser.workspace.network.fetchAllSync([
    {
      method: 'POST',
      url: `https://sheets.googleapis.com/v4/spreadsheets/${SPREADSHEET_ID}:batchUpdate`,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: new Uint8Array(Buffer.from(JSON.stringify({ requests }))),
    },
  ]);
  return Array.isArray(sent) ? (sent[0]?.status ?? 0) : 0;
}
/** The next execution dies at its first request to such a URL. */
function killAt(url: string, when: 'before' | 'after'): void {
  purser
    .appsScript()
    .direct(({ requests }: HostCall) =>
      requests.some((request) => request.url.includes(url)) ? { killed: when } : null,
    );
}
const typing = (sheetId: number): object => ({
  updateCells: {
    start: { sheetId, rowIndex: 6, columnIndex: 2 },
    rows: [{ values: [{ userEnteredValue: { stringValue: 'changed' } }] }],
    fields: 'userEnteredValue',
  },
});

describe('a month that is out and whose charters changed afterwards', () => {
  it('goes out again as version 2, in the thread of version 1, naming it and what differs', async () => {
    await sentMay();
    const sheetId = (await purser.tab('May 2026')).sheetId;
    await purser.recharter(REFUNDED);
    const report = correct();
    expect(report).toMatchObject({
      status: 'sent',
      version: 2,
      statementCode: V2,
      correction: { code: V1, sentOn: '2026-06-01', differences: { deltaCents: -12_500 } },
      to: [...PARTNERS],
      cc: [ACCOUNTANT],
    });
    expect(asked.join('\n')).toContain(`Version 2. This corrects the statement ${V1} of June 1, 2026`);
    expect(asked.join('\n')).toContain('refund $0.00 → $125.00; recorded $1,000.00 → $875.00 (-$125.00)');

    const [first, second, ...more] = await statements();
    expect(more).toEqual([]);
    expect(second?.subject).toBe(first?.subject);
    expect(header(second, 'in-reply-to')).toBe(header(first, 'message-id'));
    expect(header(second, 'references')).toBe(header(first, 'message-id'));
    const sent = await purser.workspace.sentMessages();
    const threads = await Promise.all(sent.map(async ({ threadId }) => threadId));
    expect(new Set(threads).size).toBe(1);
    expect([second?.to, second?.cc]).toEqual([first?.to, first?.cc]);
    expect(
      second?.text.startsWith(`This corrects the statement ${V1} of June 1, 2026, which it replaces.`),
    ).toBe(true);
    for (const words of [second?.text, second?.html]) {
      expect(words).toContain('refund $0.00 → $125.00');
      expect(words).toContain('$2,625.00');
      expect(words).toContain('-$125.00');
      expect(words).toContain(`Statement ${V2}, version 2`);
    }
    expect(second?.attachments.map(({ name }) => name)).toEqual([`statement-2026-05-${V2}.xlsx`]);

    expect(await register()).toEqual([
      ['2026-05', 1, 'sent, superseded', 2750, V1],
      ['2026-05', 2, 'sent', 2625, V2],
    ]);
    expect((await purser.tab('May 2026')).sheetId).toBe(sheetId);
    expect(await reportable('May 2026')).toBe(2625);
    expect(await reportable('May 2026 v1')).toBe(2750);
    expect(visible(await purser.tabs())).toContain('May 2026');
    expect(await keptTabs()).toEqual(['Audit May 2026 v1', 'May 2026 v1']);
    const files = (await purser.files()).map(({ name }) => name);
    for (const code of [V1, V2]) {
      expect(files.filter((name) => name === `statement-2026-05-${code}.xlsx`)).toHaveLength(1);
      expect(files.filter((name) => name === `statement-2026-05-${code}.evidence.json.gz`)).toHaveLength(1);
    }
    const record = JSON.parse(
      purser.appsScript().properties('document').get('outbox.statement.2026-05.V2') ?? '{}',
    );
    expect(record.statement).toMatchObject({ version: 2, supersedes: V1 });
    expect(purser.send()).toMatchObject({ alreadySent: true, version: 2, statementCode: V2 });
  });

  it('keeps the settings and rates that it was sent with; whom it goes to the settings say now', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    await purser.setting('Standard rate', '150.00');
    await purser.setting('Company', 'Harbor Sails and Sons');
    await purser.setting('File name', 'other-{{month.iso}}');
    await purser.setting('Statement subject', 'Other words, {{month}}');
    await purser.setting('Always CC', 'bank@harbor.example');
    await purser.type('Purser rates', 'A2', '2026-05-01');
    await purser.type('Purser rates', 'C2', '140');
    const report = correct();
    expect(report).toMatchObject({
      status: 'sent',
      company: 'Harbor Sails',
      to: [...PARTNERS],
      cc: [ACCOUNTANT, 'bank@harbor.example'],
      fileName: `statement-2026-05-${V2}.xlsx`,
      totals: { reportableCents: 262_500 },
    });
    const [first, second] = await statements();
    expect(second?.subject).toBe(first?.subject);
  });

  it('goes out a third time: each version before is kept, and all three stand in one thread', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    expect(correct().statementCode).toBe(V2);
    purser.at('2026-06-04', 9);
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    expect(correct()).toMatchObject({
      status: 'sent',
      statementCode: V3,
      correction: { code: V2, sentOn: '2026-06-03', differences: { deltaCents: -12_500 } },
    });
    expect(await register()).toEqual([
      ['2026-05', 1, 'sent, superseded', 2750, V1],
      ['2026-05', 2, 'sent, superseded', 2625, V2],
      ['2026-05', 3, 'sent', 2500, V3],
    ]);
    expect(await keptTabs()).toEqual([
      'Audit May 2026 v1',
      'Audit May 2026 v2',
      'May 2026 v1',
      'May 2026 v2',
    ]);
    expect(await Promise.all(['May 2026', 'May 2026 v1', 'May 2026 v2'].map(reportable))).toEqual([
      2500, 2750, 2625,
    ]);
    const [first, second, third] = await statements();
    expect(third?.headers.get('references')).toEqual([
      header(first, 'message-id'),
      header(second, 'message-id'),
    ]);
    expect(new Set((await purser.workspace.sentMessages()).map(({ threadId }) => threadId)).size).toBe(1);
  });

  it('has next month’s statement go to whom version 2 went, and be compared with version 2', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    await purser.setting('Always CC', 'bank@harbor.example');
    correct();
    await purser.setting('Always CC', '');
    purser.at('2026-07-01');
    const june = purser.preview('2026-06');
    expect(june).toMatchObject({ to: [...PARTNERS], cc: [ACCOUNTANT, 'bank@harbor.example'] });
    purser.send('2026-06');
    expect((await statements())[2]?.text).toContain('$1,625.00 less than May 2026');
  });
});

describe('whom version 2 goes to', () => {
  const recipientFindings = ({ findings }: RunReport): readonly string[] =>
    findings.filter(({ code }) => code === 'recipients-changed').map(({ message }) => message);

  it('is the setting when it is given: a wrong address can be put right, and the difference is told', async () => {
    await sentMay({ 'Statement recipients': 'grcae@partner.example, rene@partner.example' });
    await purser.recharter(REFUNDED);
    await purser.setting('Statement recipients', 'grace@partner.example, rene@partner.example');
    const report = correct();
    expect(report).toMatchObject({ status: 'sent', version: 2, to: [...PARTNERS], cc: [] });
    expect(recipientFindings(report)).toEqual([
      `The recipients are not those of ${V1}: new grace@partner.example; no longer grcae@partner.example. Check them before you send.`,
    ]);
  });

  it.each([OWNER.email, `${OWNER.email}, grace@partner.example`])(
    'are those of version 1, also who sends it: %s',
    async (setting) => {
      await sentMay({ 'Statement recipients': setting });
      await purser.recharter(REFUNDED);
      const same = correct();
      expect(same).toMatchObject({ status: 'sent', to: setting.split(', '), cc: [] });
      expect(recipientFindings(same)).toEqual([]);
      await purser.setting('Statement recipients', '');
      await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
      const fromRecord = correct();
      expect(fromRecord).toMatchObject({ status: 'sent', version: 3, to: setting.split(', '), cc: [] });
      expect(recipientFindings(fromRecord)).toEqual([]);
    },
  );
});

describe('a run of version 2 that does not come to its end', () => {
  const twice = async (): Promise<void> => {
    expect(correct()).toMatchObject({ status: 'sent', statementCode: V2, findings: [] });
    expect(await keptTabs()).toEqual(['Audit May 2026 v1', 'May 2026 v1']);
    expect(await Promise.all(['May 2026', 'May 2026 v1'].map(reportable))).toEqual([2625, 2750]);
    expect((await statements()).map((mail) => header(mail, 'x-purser-statement'))).toEqual([V1, V2]);
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
  };

  it.each(['before', 'after'] as const)(
    'killed %s the upload to Drive goes on: version 1 is kept once, and one mail goes out',
    async (when) => {
      await sentMay();
      await purser.recharter(REFUNDED);
      killAt('/upload/drive/', when);
      expect(() => correct()).toThrow();
      purser.appsScript().direct(null);
      expect(await reportable('May 2026 v1')).toBe(2750);
      expect(await statements()).toHaveLength(1);
      purser.at('2026-06-03', 11);
      await twice();
    },
  );

  it('killed right after the mail went out says so when it is looked at again; the register follows', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    killAt('messages/send', 'after');
    expect(() => correct()).toThrow();
    purser.appsScript().direct(null);
    purser.at('2026-06-03', 11);
    expect(correct()).toMatchObject({ status: 'sent', alreadySent: true, statementCode: V2 });
    expect(await statements()).toHaveLength(2);
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
  });

  it('killed before the register was written leaves that to whoever looks at the month next', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    let isOut = false;
    purser.appsScript().direct(({ requests }: HostCall) => {
      if (isOut && requests.length > 0) return { killed: 'before' };
      isOut ||= requests.some(({ url }) => url.includes('messages/send'));
      return null;
    });
    expect(() => correct()).toThrow();
    purser.appsScript().direct(null);
    expect((await register()).map(([, , status]) => status)).toEqual(['sent']);
    purser.at('2026-06-03', 11);
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
    expect((await register()).map(([, version, status]) => [version, status])).toEqual([
      [1, 'sent, superseded'],
      [2, 'sent'],
    ]);
    expect(await protectionsOf('May 2026')).toEqual([
      expect.stringContaining(V2),
      expect.stringContaining(V2),
    ]);
    expect(await statements()).toHaveLength(2);
  });

  it('to which the person says no sends nothing, and no trigger sends it later', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    expect(correct({ yes: false })).toMatchObject({ status: 'ready', version: 2 });
    purser.at('2026-06-04', 9);
    purser.trigger('tick');
    purser.trigger('monthlyStatement');
    expect(await statements()).toHaveLength(1);
    await twice();
  });
});

describe('there is nothing to correct', () => {
  it('in a month that has not been sent', async () => {
    await purser.begin({ charters: may() });
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'not-sent-yet' } });
  });

  it.each(['its record is lost', 'its record says no more than that'])(
    'in one that is known as sent while %s: it says what to do by hand, and not to send it first',
    async (what) => {
      await sentMay();
      const document = purser.appsScript().properties('document');
      const key = 'outbox.statement.2026-05.V1';
      const { statement: _lost, ...rest } = JSON.parse(document.get(key) ?? '{}');
      if (what === 'its record is lost') document.delete(key);
      else {
        document.set(key, JSON.stringify(rest));
        await purser.type(REGISTER, 'C2', '');
      }
      await purser.recharter(REFUNDED);
      const report = correct();
      expect(report).toMatchObject({ status: 'failed', error: { code: 'outbox-missing' } });
      expect(report.error?.message).toContain('that May 2026 was sent, but');
      expect(report.error?.message).toContain('“correction” in the tab “Purser adjustments”');
      expect(report.error?.message).not.toContain('Send statement…');
    },
  );

  it('in one that comes to what was sent, whatever the settings say now: its tab stays as it is', async () => {
    await sentMay();
    await purser.setting('Standard rate', '150.00');
    const before = await purser.tab('May 2026');
    const titles = await purser.titles();
    expect(correct()).toMatchObject({ status: 'failed', error: { code: 'nothing-changed' } });
    expect(await purser.tab('May 2026')).toEqual(before);
    expect(await purser.titles()).toEqual(titles);
    expect(await statements()).toHaveLength(1);
  });
});

describe('the tab of a sent statement', () => {
  it('is protected: another editor is kept out, its owner is not; a correction goes over it all the same', async () => {
    await sentMay();
    const { sheetId } = await purser.tab('May 2026');
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(400);
    expect(
      await editAs('dana@harbor.example', {
        updateSheetProperties: { properties: { sheetId, title: 'Mine' }, fields: 'title' },
      }),
    ).toBe(400);
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const kept = await purser.tab('May 2026 v1');
    for (const [title, words] of [
      ['May 2026', V2],
      ['May 2026 v1', 'version 1'],
    ] as const) {
      expect(await protectionsOf(title)).toEqual([
        expect.stringContaining(words),
        expect.stringContaining(words),
      ]);
    }
    for (const one of [sheetId, kept.sheetId])
      expect(await editAs('dana@harbor.example', typing(one))).toBe(400);
    expect(await editAs(OWNER.email, typing(sheetId))).toBe(200);
  });

  it('stays as a person has protected it', async () => {
    await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
    purser.send('2026-05', { yes: false });
    const { sheetId } = await purser.tab('May 2026');
    purser.edit({
      addProtectedRange: {
        protectedRange: {
          range: { sheetId },
          description: 'Mine',
          editors: { users: ['dana@harbor.example'] },
        },
      },
    });
    expect(purser.send().status).toBe('sent');
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(200);
    expect(await editAs('eve@harbor.example', typing(sheetId))).toBe(400);
  });

  it('is protected by the run that finds the statement sent when the one that sent it died', async () => {
    await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
    killAt('messages/send', 'after');
    expect(() => purser.send()).toThrow();
    purser.appsScript().direct(null);
    const { sheetId } = await purser.tab('May 2026');
    purser.at('2026-06-01', 8);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await editAs('dana@harbor.example', typing(sheetId))).toBe(400);
  });
});

describe('the tab of version 1 that somebody deleted', () => {
  it('is told of with the file that went out, since it can’t be kept; one that is there is not', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    purser.edit({ deleteSheet: { sheetId: (await purser.tab('May 2026')).sheetId } });
    const report = correct();
    expect(report).toMatchObject({ status: 'sent', version: 2 });
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: 'version-not-kept',
        severity: 'warn',
        message: expect.stringContaining(`“statement-2026-05-${V1}.xlsx” in Drive`),
        links: [{ label: `statement-2026-05-${V1}.xlsx`, url: expect.stringContaining('drive.google.com') }],
      }),
    ]);
    expect(asked.join('\n')).toContain('version-not-kept');
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    expect(correct()).toMatchObject({ status: 'sent', version: 3, findings: [] });
  });
});

describe('the mail of version 1', () => {
  it('that is gone costs the thread and nothing else', async () => {
    await sentMay();
    await purser.faults({
      host: 'gmail.googleapis.com',
      match: 'metadataHeaders=References',
      play: {
        answer: {
          status: 404,
          body: JSON.stringify({ error: { code: 404, message: 'Requested entity was not found.' } }),
        },
      },
    });
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const [, second] = await statements();
    expect(header(second, 'in-reply-to')).toBe('');
    expect(second?.text).toContain(`This corrects the statement ${V1}`);
  });

  it('that went from another mailbox is named in the headers, in a thread of its own', async () => {
    await purser.begin({
      charters: may(),
      settings: { 'Explain changes over': '', 'Send from': 'office@harbor.example' },
    });
    await purser.workspace.oauth({});
    await purser.connect('office@harbor.example', ['send']);
    expect(purser.send().status).toBe('sent');
    await purser.setting('Send from', 'built-in');
    await purser.recharter(REFUNDED);
    expect(correct().status).toBe('sent');
    const [first, second] = await statements();
    expect(second?.from).toEqual([OWNER.email]);
    expect(header(second, 'in-reply-to')).toBe(header(first, 'message-id'));
  });
});

describe('a corrected statement that was certified and then cut off', () => {
  const cutOff = (): RunReport =>
    correct({
      answers: ({ message }) => {
        if (/certify/.test(message)) purser.clock.advance(280_000);
        return null;
      },
    });

  it('goes out by itself with its approval printed, though its hidden tabs were there already', async () => {
    await sentMay();
    await purser.type('Template', 'A24', 'Approved by {{approved.by}}');
    await purser.recharter(REFUNDED);
    expect(cutOff()).toMatchObject({ error: { code: 'time-budget-spent' } });
    purser.clock.advance(120_000);
    expect(purser.trigger('continueRun')).toMatchObject({ status: 'sent', version: 2 });
    expect(await statements()).toHaveLength(2);
    expect(findCell(await purser.tab('May 2026'), /^Approved by/).cell.input).toBe(
      `Approved by ${OWNER.name}`,
    );
  });

  it('and then void is told of as the corrected statement, with the menu item that makes one', async () => {
    await sentMay();
    await purser.recharter(REFUNDED);
    cutOff();
    await purser.recharter(may({ refund: 250, revenueTotal: 750 }));
    purser.clock.advance(120_000);
    expect(purser.trigger('continueRun')).toMatchObject({ version: 2, error: { code: 'approval-void' } });
    const [notice] = (await purser.mails('notice')).slice(-1);
    expect(notice?.headers.get('subject')).toBe(
      'Purser: the corrected statement for May 2026 could not be sent',
    );
    expect(notice?.text).toContain('Corrected statement…');
    expect(notice?.text).not.toContain('Send statement…');
    expect(await statements()).toHaveLength(1);
  });
});

it('a corrected statement that may be out is forgotten once a person says it is not and nothing is to be corrected', async () => {
  await sentMay();
  await purser.recharter(REFUNDED);
  killAt('messages/send', 'before');
  expect(() => correct()).toThrow();
  purser.appsScript().direct(null);
  await purser.recharter(may());
  purser.at('2026-06-03', 12);
  const kept = () => purser.appsScript().properties('document').has('outbox.statement.2026-05.V2');
  expect(kept()).toBe(true);
  const answers: Choices['answers'] = ({ message }) =>
    /Yes: it was sent/.test(message) ? { button: 'NO' } : null;
  expect(correct({ answers })).toMatchObject({ error: { code: 'nothing-changed' } });
  expect(kept()).toBe(false);
});

it('a file name without code or version gets the version, so that both files can lie side by side', async () => {
  await sentMay({ 'File name': 'statement {{month.iso}}' });
  await purser.recharter(REFUNDED);
  expect(correct().fileName).toBe('statement 2026-05 V2.xlsx');
  const files = (await purser.files()).map(({ name }) => name).filter((name) => name.endsWith('.xlsx'));
  expect(files).toEqual(expect.arrayContaining(['statement 2026-05.xlsx', 'statement 2026-05 V2.xlsx']));
});

it('what the month’s tab reads elsewhere stays in the kept tab as it was sent; its own sums stay sums', async () => {
  await purser.begin({ charters: may(), settings: { 'Explain changes over': '' } });
  purser.edit({ addSheet: { properties: { sheetId: 4242, title: 'Fleet' } } });
  await purser.type('Fleet', 'A1', 'seven');
  await purser.type('Template', 'A4', '=Fleet!A1');
  await purser.type('Template', 'B4', '=A4&"!"');
  expect(purser.send().status).toBe('sent');
  purser.at('2026-06-03', 9);
  await purser.recharter(REFUNDED);
  expect(correct().status).toBe('sent');
  await purser.type('Fleet', 'A1', 'eight');
  expect((await purser.tab('May 2026')).cells.B4?.value).toBe('eight!');
  const { cells } = await purser.tab('May 2026 v1');
  expect(cells.A4).toMatchObject({ input: 'seven', value: 'seven' });
  expect(cells.B4).toMatchObject({ input: '=A4&"!"', value: 'seven!' });
});
