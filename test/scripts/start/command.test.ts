/** `npm start` with the sample operator's May: the contract of the command. */
import { readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { CREW_CALENDARS } from '../../../scripts/sample/calendars.ts';
import { openXlsx, sha256 } from '../../tools/seen.ts';
import type { Folder } from '../../tools/start-command.ts';
import { jsonLines, newFolder, start, startProcess } from '../../tools/start-command.ts';

let folder: Folder;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => folder.remove());

/** Of the crew's calendars, and nobody else's business. */
const PRIVATE_WORDS = [
  'Dentist',
  'Fenwright',
  'Camping with Ruth',
  'BA 229',
  'Couples',
  'club gala',
  'parking ticket',
  'Pottery',
  'Mum’s train',
  'Oncology',
  'Interview at',
];

const CODE = 'PRSYYPK202605V1';
const FILED = `drive/statement-2026-05-${CODE}.xlsx`;

async function cellsOf(file: string, tab: string): Promise<Map<string, unknown>> {
  const workbook = await openXlsx(folder.read(file));
  const cells = new Map<string, unknown>();
  workbook.getWorksheet(tab)?.eachRow((row) => {
    row.eachCell((cell) => {
      cells.set(cell.address, cell.formula === undefined ? cell.value : cell.result);
    });
  });
  return cells;
}

describe('May of the sample operator', () => {
  const out = 'out';
  let stdout = '';

  it('is sent by a process of its own: exit 0, and words that a bookkeeper understands', () => {
    const ended = startProcess('--out', folder.at(out), '--trace', folder.at('may.har'));
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    stdout = ended.stdout;
    expect(stdout).toContain('The statement for May 2026 is sent.');
    expect(stdout).toContain('BH-2026-05-001');
    expect(stdout).toMatch(/Reportable revenue +\$48,014\.50/);
    expect(stdout).toContain(CODE);
    expect(stdout).toContain('grace.holloway@tidewater.example');
  });

  it('leaves the files that it names', () => {
    const evidence = FILED.replace(/\.xlsx$/, '.evidence.json.gz');
    const copy = 'drive/Blue Heron revenue 2026 2026-06-01.xlsx';
    expect(folder.files(out)).toEqual([
      copy,
      `${copy}.json`,
      evidence,
      `${evidence}.json`,
      FILED,
      `${FILED}.json`,
      'mail/statement-001.eml',
      'statement-2026-05.xlsx',
      'summary.json',
      'workbook.xlsx',
    ]);
  });

  it('sums it up', () => {
    const summary = folder.summary(out);
    expect(summary).toMatchObject({
      month: '2026-05',
      version: 1,
      status: 'sent',
      statementCode: CODE,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      charters: 34,
      guests: 381,
      comps: 4,
      payingGuests: 377,
      reportableCents: 4_801_450,
      recordedCents: 4_801_450,
      differenceCents: 0,
      calendars: { synced: 5, unsynced: [] },
      to: ['grace.holloway@tidewater.example', 'rene@desjardins-marine.example', 'sam@okonkwo.example'],
      cc: ['priya@raman-accounting.example'],
      subject: 'Blue Heron Charters revenue statement, May 2026',
      error: null,
      calls: { host: expect.any(Number), http: expect.any(Number), rounds: expect.any(Number) },
      modelledSeconds: expect.any(Number),
    });
    expect(summary.fileId).not.toBeNull();
  });

  it('says what the crew’s calendars know otherwise: one trip of two of them, and one charter of none', () => {
    const { findings } = folder.summary(out);
    expect(findings.map(({ code, severity, charterId }) => [code, severity, charterId])).toEqual([
      ['calendar-trip-without-charter', 'warn', null],
      ['charter-not-on-calendar', 'warn', 'BH-2026-05-029'],
    ]);
    expect(findings[0]?.message).toContain('May 21, 2026, 18:00');
    expect(findings[0]?.links).toHaveLength(2);
    expect(stdout).toMatch(/^Calendars +5 synced · 1 trip without a charter · 1 charter on no calendar$/m);
  });

  it('writes charters into the two calendars that were chosen for them, and none of the crew’s private words anywhere', async () => {
    const tab = await cellsOf(`${out}/workbook.xlsx`, 'Purser calendar');
    const rows = [...tab].flatMap(([cell, value]) =>
      cell.startsWith('D') && value === 'charter' ? [tab.get(cell.replace('D', 'A'))] : [],
    );
    expect([...new Set(rows)].sort()).toEqual(['delphine@blueheron.example', 'siobhan@blueheron.example']);
    const { worksheets } = await openXlsx(folder.read(`${out}/workbook.xlsx`));
    const written = [
      ...worksheets.map((sheet) => JSON.stringify(sheet.getSheetValues())),
      ...folder
        .files(out)
        .filter((name) => /\.(eml|json)$/.test(name))
        .map((name) => folder.read(`${out}/${name}`).toString()),
    ].join('\n');
    expect(written).toContain('Blue Heron #2');
    expect(PRIVATE_WORDS.filter((word) => written.includes(word))).toEqual([]);
    // They are there to be kept out.
    const calendars = JSON.stringify(CREW_CALENDARS);
    expect(PRIVATE_WORDS.filter((word) => !calendars.includes(word))).toEqual([]);
  });

  it('keeps to the budget of calls', () => {
    // The calendars follow this very ledger since the night, so the run has nothing to hand on to them.
    const { host, rounds } = folder.summary(out).calls;
    expect(host).toBeLessThanOrEqual(24);
    expect(rounds).toBeLessThanOrEqual(12);
    expect(folder.summary(out).modelledSeconds).toBeLessThanOrEqual(10);
  });

  it('attached, filed and wrote the very same bytes', async () => {
    const statement = folder.read(`${out}/statement-2026-05.xlsx`);
    const mail = await simpleParser(folder.read(`${out}/mail/statement-001.eml`));
    expect(sha256(statement)).toBe(folder.summary(out).sha256);
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]?.content.equals(statement)).toBe(true);
    expect(folder.read(`${out}/${FILED}`).equals(statement)).toBe(true);
    const metadata = JSON.parse(folder.read(`${out}/${FILED}.json`).toString()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      id: folder.summary(out).fileId,
      sha256Checksum: folder.summary(out).sha256,
      modifiedTime: '2026-06-01T10:00:00.000Z',
      path: expect.stringMatching(/Purser\/reports\/2026\//),
    });
  });

  it('wrote to last month’s people, with the code', async () => {
    const mail = await simpleParser(folder.read(`${out}/mail/statement-001.eml`));
    const addresses = (field: typeof mail.to): unknown[] =>
      [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));
    expect(addresses(mail.to)).toEqual(folder.summary(out).to);
    expect(addresses(mail.cc)).toEqual(folder.summary(out).cc);
    expect(mail.subject).toBe(folder.summary(out).subject);
    expect(mail.text).toContain(CODE);
  });

  it('posted the month among the others, and the person’s own tab reads on', async () => {
    const workbook = await openXlsx(folder.read(`${out}/workbook.xlsx`));
    const shown = workbook.worksheets.filter(({ state }) => state === 'visible').map(({ name }) => name);
    expect(shown).toEqual(
      expect.arrayContaining(['January 2026', 'March 2026', 'May 2026', 'Template', 'Purser register']),
    );
    expect(shown.indexOf('May 2026')).toBe(shown.indexOf('March 2026') + 1);
    expect(workbook.worksheets.filter(({ state }) => state !== 'visible')).toEqual([]);
    const month = await cellsOf(`${out}/workbook.xlsx`, 'May 2026');
    expect([...month.values()]).toContain(48_014.5);
    const register = await cellsOf(`${out}/workbook.xlsx`, 'Purser register');
    expect(register.get('A2')).toBe('2026-05');
    expect(register.get('C2')).toBe('sent');
    expect(register.get('K2')).toBe(CODE);
  });

  it('has a statement with one tab, whose figures are cached beside their formulas', async () => {
    const workbook = await openXlsx(folder.read(`${out}/statement-2026-05.xlsx`));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['May 2026']);
    const cells = await cellsOf(`${out}/statement-2026-05.xlsx`, 'May 2026');
    expect([...cells.values()].filter((value) => value === 48_014.5).length).toBeGreaterThanOrEqual(3);
  });

  describe('in its trace', () => {
    interface Har {
      readonly log: {
        readonly version: string;
        readonly creator: { readonly name: string; readonly version: string };
        readonly entries: readonly {
          readonly startedDateTime: string;
          readonly time: number;
          readonly request: Record<string, unknown> & { readonly url: string; readonly method: string };
          readonly response: Record<string, unknown> & { readonly status: number };
          readonly timings: Record<string, number>;
        }[];
      };
    }
    const har = (): Har => JSON.parse(readFileSync(folder.at('may.har'), 'utf8')) as Har;

    // http://www.softwareishard.com/blog/har-12-spec/
    it('is HAR 1.2', () => {
      const { log } = har();
      expect(log.version).toBe('1.2');
      expect(log.creator).toMatchObject({ name: expect.any(String), version: expect.any(String) });
      for (const { request, response, startedDateTime, timings } of log.entries) {
        expect(Number.isNaN(Date.parse(startedDateTime))).toBe(false);
        expect(Object.keys(request)).toEqual(
          expect.arrayContaining([
            'method',
            'url',
            'httpVersion',
            'cookies',
            'headers',
            'queryString',
            'headersSize',
            'bodySize',
          ]),
        );
        expect(Object.keys(response)).toEqual(
          expect.arrayContaining([
            'status',
            'statusText',
            'httpVersion',
            'cookies',
            'headers',
            'content',
            'redirectURL',
          ]),
        );
        expect(Object.keys(timings)).toEqual(expect.arrayContaining(['send', 'wait', 'receive']));
      }
    });

    it('has every request of the run, by the URL that production uses', () => {
      const { entries } = har().log;
      expect(entries).toHaveLength(folder.summary(out).calls.http);
      const hosts = new Set(entries.map(({ request }) => new URL(request.url).origin));
      expect([...hosts].sort()).toEqual([
        'https://dynamodb.us-east-1.amazonaws.com',
        'https://dynamodb.us-west-2.amazonaws.com',
        'https://gmail.googleapis.com',
        'https://sheets.googleapis.com',
        'https://www.googleapis.com',
      ]);
      expect(entries.filter(({ request }) => request.url.includes('messages/send'))).toHaveLength(1);
    });

    it('holds no secret', () => {
      const text = readFileSync(folder.at('may.har'), 'utf8');
      expect(text.includes('local/workspace/secret')).toBe(false);
      expect(text.includes('ya29.')).toBe(false);
    });
  });

  it('the same again: already sent, nothing sent, nothing changed', async () => {
    const before = new Map(folder.files(out).map((name) => [name, folder.read(`${out}/${name}`)]));
    const ended = await start('--out', folder.at(out));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('already sent');
    expect(folder.files(out)).toEqual([...before.keys()]);
    for (const name of ['statement-2026-05.xlsx', 'mail/statement-001.eml', FILED]) {
      expect(before.get(name)?.equals(folder.read(`${out}/${name}`))).toBe(true);
    }
    expect(folder.summary(out)).toMatchObject({
      status: 'sent',
      reportableCents: 4_801_450,
      statementCode: CODE,
    });
  });

  it('in another folder, with --json: the same XLSX and mail, byte for byte, and the summary alone', async () => {
    const ended = await start('--out', folder.at('again'), '--json');
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toEqual(folder.summary('again'));
    for (const name of ['statement-2026-05.xlsx', 'mail/statement-001.eml', FILED]) {
      expect([name, folder.read(`again/${name}`).equals(folder.read(`${out}/${name}`))]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('stays sent, whatever charters the folder is given now', async () => {
    const ended = await start(
      '--out',
      folder.at(out),
      '--charters',
      folder.write('none.jsonl', jsonLines([{ charterId: 'x' }])),
      '--month',
      '2026-05',
    );
    expect(ended.code).toBe(0);
    expect(folder.files(out).filter((name) => name.startsWith('mail/'))).toHaveLength(1);
  });
});

it('help names every option, and exits 0', () => {
  const { code, stdout } = startProcess('--help');
  expect(code).toBe(0);
  for (const option of [
    'month',
    'out',
    'charters',
    'charters-second',
    'roster',
    'mail',
    'trip-sheets',
    'workbook',
    'set',
    'generate',
    'trace',
    'trace-secrets',
    'no-send',
    'json',
  ]) {
    expect(stdout).toContain(`--${option}`);
  }
});
