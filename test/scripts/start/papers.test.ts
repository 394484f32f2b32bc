/** What `npm start` does with mail and trip sheets before the run: where they lie, and what the settings say of them. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptState } from '../../../scripts/start/prepare-run.ts';
import { openXlsx } from '../../tools/seen.ts';
import type { Folder } from '../../tools/start-command.ts';
import { newFolder, start } from '../../tools/start-command.ts';

const SAMPLE = join(import.meta.dirname, '../../../sample');
const KEYS = ['Booking agent', 'Booking mail search', 'Trip sheets folder'] as const;

let folder: Folder;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => folder.remove());

/** The settings about papers, as the workbook has them after the run. */
async function settingsIn(out: string): Promise<Record<string, string>> {
  const workbook = await openXlsx(folder.read(`${out}/workbook.xlsx`));
  const found: Record<string, string> = {};
  workbook.getWorksheet('Purser settings')?.eachRow((row) => {
    const key = KEYS.find((one) => one === row.getCell(1).value);
    if (key !== undefined) found[key] = String(row.getCell(2).value ?? '');
  });
  return found;
}

interface DriveFile {
  readonly id: string;
  readonly name: string;
  readonly parents: readonly string[];
  readonly trashed: boolean;
  readonly modifiedTime: string;
  readonly headRevisionId: string;
  /** Base64. */
  readonly bytes: string;
}

function driveFiles(out: string): readonly DriveFile[] {
  const state = JSON.parse(folder.read(`${out}/.state/state.json`).toString()) as KeptState;
  const { drive } = state.google as { drive: { files: readonly DriveFile[] } };
  return drive.files;
}

function ownFiles(): string[] {
  const charter = readFileSync(join(SAMPLE, 'charters.jsonl'), 'utf8')
    .split('\n')
    .find((line) => line.includes('BH-2026-05-001'));
  const charters = folder.write('charters.jsonl', `${charter}\n`);
  const roster = folder.write('roster.jsonl', readFileSync(join(SAMPLE, 'roster.jsonl')));
  return ['--month', '2026-05', '--charters', charters, '--roster', roster, '--no-send'];
}

test('the sample’s agents and folder are typed in, and the folder holds all its trip sheets', async () => {
  const out = folder.at('out');
  await start('--out', out, '--no-send');
  const settings = await settingsIn('out');
  expect(settings['Booking agent']).toBe('confirmations@chesapeakesails.example, senoratours.example');
  expect(settings['Booking mail search']).toBe('');
  const files = driveFiles('out');
  const sheets = files.find(({ name }) => name === 'Trip sheets');
  expect(settings['Trip sheets folder']).toBe(sheets?.id);
  const held = files.filter(({ parents }) => parents.includes(sheets?.id ?? '?')).map(({ name }) => name);
  expect(held.sort()).toEqual(readdirSync(join(SAMPLE, 'trip-sheets')).sort());
});

test('mail of one’s own is all searched, sent mail and drafts apart', async () => {
  folder.write('mail/HB-1.eml', readFileSync(join(SAMPLE, 'mail/HB-45149.eml')));
  await start(...ownFiles(), '--out', folder.at('out'), '--mail', folder.at('mail'));
  expect(await settingsIn('out')).toEqual({
    'Booking agent': '',
    'Booking mail search': '-in:sent -in:drafts',
    'Trip sheets folder': '',
  });
});

test('a folder with nothing but sent mail is no booking mail', async () => {
  folder.write('mail/sent/april.eml', readFileSync(join(SAMPLE, 'mail/sent/2026-04.eml')));
  await start(...ownFiles(), '--out', folder.at('out'), '--mail', folder.at('mail'));
  expect((await settingsIn('out'))['Booking mail search']).toBe('');
});

test('--set goes before what is proposed, for mail and for the folder', async () => {
  folder.write('mail/HB-1.eml', readFileSync(join(SAMPLE, 'mail/HB-45149.eml')));
  folder.write('sheets/one.csv', 'Charter,BH-2026-05-001\nBoarded,12\n');
  const papers = ['--mail', folder.at('mail'), '--trip-sheets', folder.at('sheets')];
  const set = ['--set', 'Booking agent=agent.example', '--set', 'Trip sheets folder='];
  await start(...ownFiles(), '--out', folder.at('out'), ...papers, ...set);
  expect(await settingsIn('out')).toEqual({
    'Booking agent': 'agent.example',
    'Booking mail search': '',
    'Trip sheets folder': '',
  });
});

test('generated charters are not held against the sample’s mail and sheets', async () => {
  await start('--generate', '3', '--out', folder.at('out'), '--no-send');
  expect(await settingsIn('out')).toEqual({
    'Booking agent': '',
    'Booking mail search': '',
    'Trip sheets folder': '',
  });
});

test('what a person typed into the workbook stays', async () => {
  folder.write('mail/HB-1.eml', readFileSync(join(SAMPLE, 'mail/HB-45149.eml')));
  const first = folder.at('first');
  await start(...ownFiles(), '--out', first, '--set', 'Booking mail search=subject:Booking');
  const workbook = join(first, 'workbook.xlsx');
  const again = ['--workbook', workbook, '--mail', folder.at('mail')];
  await start(...ownFiles(), '--out', folder.at('second'), ...again);
  expect((await settingsIn('second'))['Booking mail search']).toBe('subject:Booking');
});

describe('the folder of the trip sheets, run again', () => {
  const charter = (id: string, date: string, revenueTotal: number) =>
    JSON.stringify({
      charterId: id,
      month: '2026-05',
      date,
      departs: '10:00',
      vessel: 'Heron',
      kind: 'public',
      status: 'completed',
      guests: 10,
      comps: 0,
      ratePerPerson: 100,
      revenueTotal,
      crew: ['cr-jose'],
    });
  const sheet = (id: string, boarded: number) => `Charter,${id}\nBoarded,${boarded}\nSigned,Tom Riordan\n`;

  /** A month that is held: the second charter's revenue differs. */
  function run(...more: readonly string[]) {
    const lines = [charter('C-1', '2026-05-02', 1000), charter('C-2', '2026-05-03', 900)];
    const charters = folder.write('charters.jsonl', `${lines.join('\n')}\n`);
    const roster = folder.write('roster.jsonl', readFileSync(join(SAMPLE, 'roster.jsonl')));
    const own = ['--month', '2026-05', '--charters', charters, '--roster', roster, '--out', folder.at('out')];
    return start(...own, '--set', 'Statement recipients=lee@partner.example', ...more);
  }
  const withSheets = () => run('--trip-sheets', folder.at('sheets'));
  const told = () => folder.summary().findings.map(({ code, charterId }) => `${code} ${charterId ?? ''}`);
  const sheets = () => driveFiles('out').filter(({ name }) => name.endsWith('.csv'));
  const there = () => sheets().filter(({ trashed }) => !trashed);
  const named = (name: string) => there().find((file) => file.name === name);

  test('is brought to what the files are: changed, removed, put back, all gone, none given', async () => {
    folder.write('sheets/one.csv', sheet('C-1', 10));
    folder.write('sheets/two.csv', sheet('C-2', 10));
    expect((await withSheets()).code).toBe(2);
    expect(told()).toEqual(['revenue-differs C-2']);
    const [before, other] = [named('one.csv'), named('two.csv')];

    const changed = sheet('C-1', 9);
    folder.write('sheets/one.csv', changed);
    await withSheets();
    // What the sheet says now counts.
    expect(told().sort()).toEqual(['evidence-changed ', 'guests-differ C-1', 'revenue-differs C-2']);
    const finding = folder.summary().findings.find(({ code }) => code === 'evidence-changed');
    expect(finding).toMatchObject({ severity: 'info', message: expect.stringContaining('one.csv') });
    const after = named('one.csv');
    expect(after).toMatchObject({ id: before?.id, bytes: Buffer.from(changed).toString('base64') });
    expect(after?.headRevisionId).not.toBe(before?.headRevisionId);
    expect(Date.parse(after?.modifiedTime ?? '')).toBeGreaterThan(Date.parse(before?.modifiedTime ?? ''));
    expect(named('two.csv')).toEqual(other);
    expect(sheets()).toHaveLength(2);

    rmSync(folder.at('sheets', 'one.csv'));
    await withSheets();
    expect(told().sort()).toEqual(['revenue-differs C-2', 'trip-sheet-missing C-1']);
    expect(sheets().map(({ name, trashed }) => [name, trashed])).toEqual([
      ['one.csv', true],
      ['two.csv', false],
    ]);

    folder.write('sheets/one.csv', sheet('C-1', 10));
    await withSheets();
    expect(told()).toEqual(['revenue-differs C-2']);
    expect(there().map(({ name }) => name)).toEqual(['two.csv', 'one.csv']);

    rmSync(folder.at('sheets', 'one.csv'));
    rmSync(folder.at('sheets', 'two.csv'));
    await withSheets();
    expect(told().sort()).toEqual([
      'revenue-differs C-2',
      'trip-sheet-missing C-1',
      'trip-sheet-missing C-2',
    ]);
    expect(there()).toEqual([]);

    // A run that is given no trip sheets leaves the folder alone.
    const left = sheets();
    await run();
    expect(sheets()).toEqual(left);
  }, 60_000);
});
