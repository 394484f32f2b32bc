/** `npm start` with a month that is held, one that isn't to be sent yet, and generated ones. */
import { readFileSync } from 'node:fs';
import { openXlsx } from '../../tools/seen.ts';
import type { Folder } from '../../tools/start-command.ts';
import { jsonLines, newFolder, start } from '../../tools/start-command.ts';

let folder: Folder;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => folder.remove());

describe('April of the sample operator', () => {
  const out = 'april';

  it('is held: exit 2, tab and XLSX to look at, nothing filed or sent', async () => {
    const ended = await start('--month', '2026-04', '--out', folder.at(out));
    expect(ended.code).toBe(2);
    expect(folder.files(out)).toEqual(['statement-2026-04.xlsx', 'summary.json', 'workbook.xlsx']);
    const summary = folder.summary(out);
    expect(summary).toMatchObject({
      status: 'held',
      charters: 16,
      reportableCents: 1_884_000,
      recordedCents: expect.any(Number),
      fileId: null,
    });
    expect(summary.findings.map(({ code, charterId, cents }) => [code, charterId, cents])).toEqual(
      expect.arrayContaining([
        ['revenue-differs', 'BH-2026-04-006', 12_500],
        ['price-missing', 'BH-2026-04-011', 145_000],
        ['duplicate-charter', 'BH-2026-04-020', 75_000],
        ['status-open', 'BH-2026-04-019', 62_500],
        ['paid-not-sailed', 'BH-2026-04-010', 25_000],
        // What mail and trip sheets tell.
        ['guests-differ', 'BH-2026-04-002', -12_500],
        ['amount-differs', 'BH-2026-04-007', 2500],
        ['booking-moved', 'BH-2026-04-008', null],
        ['trip-sheet-missing', 'BH-2026-04-009', null],
        ['comp-unexplained', 'BH-2026-04-013', -12_500],
        ['cancelled-but-paid', 'BH-2026-04-014', 62_500],
        ['guests-differ', 'BH-2026-04-015', 9500],
        ['booking-without-charter', null, -50_000],
      ]),
    );
    expect(summary.findings).toHaveLength(13);
    for (const { message, links } of summary.findings) {
      expect(ended.stdout.replace(/\s+/g, ' ')).toContain(message.slice(0, 40));
      expect(links.length).toBeGreaterThan(0);
    }
    const workbook = await openXlsx(folder.read(`${out}/workbook.xlsx`));
    let filled = 0;
    workbook.getWorksheet('April 2026')?.eachRow((row) => {
      row.eachCell(() => {
        filled += 1;
      });
    });
    expect(filled).toBeGreaterThan(100);
  });

  it('is sent from the same folder once the ledger is corrected', async () => {
    const lines = readFileSync('sample/charters.jsonl', 'utf8').trim().split('\n');
    const corrections: Readonly<Record<string, object | null>> = {
      'BH-2026-04-006': { revenueTotal: 1000 },
      'BH-2026-04-011': { flatPrice: 1450 },
      'BH-2026-04-020': null,
      'BH-2026-04-019': { status: 'completed', guests: 5 },
      'BH-2026-04-010': { forfeited: 250 },
    };
    const corrected = lines.flatMap((line) => {
      const item = JSON.parse(line) as { charterId: string };
      const change = corrections[item.charterId];
      return change === null ? [] : [{ ...item, ...change }];
    });
    const charters = folder.write('corrected.jsonl', jsonLines(corrected));
    const ended = await start(
      ...[
        '--month',
        '2026-04',
        '--out',
        folder.at(out),
        '--charters',
        charters,
        '--roster',
        'sample/roster.jsonl',
      ],
    );
    expect(folder.summary(out).findings.filter(({ severity }) => severity === 'block')).toEqual([]);
    expect(ended.code).toBe(0);
    expect(folder.summary(out)).toMatchObject({ status: 'sent', differenceCents: 0 });
    expect(folder.files(out).filter((name) => name.startsWith('mail/'))).toEqual(['mail/statement-001.eml']);
    const drive = JSON.parse(
      folder
        .read(`${out}/${folder.files(out).find((name) => /^drive\/statement-.*\.xlsx\.json$/.test(name))}`)
        .toString(),
    ) as { path: string };
    // The folders of set-up are still there under the file that another process made.
    expect(drive.path).toMatch(/Purser\/reports\/2026\/statement-2026-04-/);
  });
});

describe('--no-send', () => {
  it('stops before filing: ready, exit 0; without it the same folder sends', async () => {
    const ready = await start('--generate', '2', '--out', folder.at('wait'), '--no-send');
    expect(ready.code).toBe(0);
    expect(folder.summary('wait')).toMatchObject({
      status: 'ready',
      fileId: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(folder.files('wait')).toEqual(['statement-2026-05.xlsx', 'summary.json', 'workbook.xlsx']);
    const sent = await start('--generate', '2', '--out', folder.at('wait'));
    expect(sent.code).toBe(0);
    expect(folder.summary('wait').status).toBe('sent');
    expect(folder.files('wait')).toContain('mail/statement-001.eml');
  });
});

describe('--generate', () => {
  it('300 sends within the budget of calls', async () => {
    const ended = await start('--generate', '300', '--out', folder.at('many'), '--json');
    const summary = folder.summary('many');
    expect(ended.code).toBe(0);
    expect(summary).toMatchObject({ status: 'sent', findings: [], differenceCents: 0 });
    expect(summary.charters).toBeGreaterThan(250);
    expect(summary.calls.host).toBeLessThanOrEqual(24);
    expect(summary.calls.rounds).toBeLessThanOrEqual(12);
    expect(summary.modelledSeconds).toBeLessThanOrEqual(10);
  });

  it('1 is a month of one charter', async () => {
    expect((await start('--generate', '1', '--out', folder.at('one'))).code).toBe(0);
    expect(folder.summary('one')).toMatchObject({ status: 'sent', charters: 1 });
  });

  it('0 is an empty month, which is held', async () => {
    const ended = await start('--generate', '0', '--out', folder.at('none'));
    expect(ended.code).toBe(2);
    expect(folder.summary('none').findings.map(({ code }) => code)).toEqual(['empty-month']);
    await openXlsx(folder.read('none/statement-2026-05.xlsx'));
  });
});
