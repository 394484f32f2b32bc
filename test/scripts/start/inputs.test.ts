/** `npm start` with somebody else's files, and with what can't be used. */
import { existsSync } from 'node:fs';
import exceljs from 'exceljs';
import { charter, cleanMonth, handMail, ROSTER } from '../../tools/scene.ts';
import { openXlsx } from '../../tools/seen.ts';
import type { Folder } from '../../tools/start-command.ts';
import { jsonLines, newFolder, start, startProcess } from '../../tools/start-command.ts';

let folder: Folder;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => folder.remove());

const month = ['--month', '2026-05'];
let runs = 0;
const fresh = (): string => `out-${++runs}`;

describe('bad usage: exit 64, told in words, nothing written', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['an unknown option', ['--sned'], '--sned'],
    ['an argument that belongs to nothing', ['2026-05'], '2026-05'],
    ['an option without its value', ['--month'], '--month needs a value'],
    ['a trace without a file', ['--no-send', '--trace'], '--trace needs a value'],
    ['an option in place of a value', ['--trace', '--json'], '--trace needs a value; npm start -- --help'],
    ['an empty setting', ['--set', ''], '--set needs a value'],
    ['a flag with a value', ['--json=yes'], '--json'],
    ['an empty value', ['--out='], '--out'],
    ['a month that is none', ['--month', '2026-13'], '“2026-13” is not a month'],
    [
      'an unknown setting',
      ['--set', 'Standart rate=120'],
      'there is no setting “Standart rate”; there is “Standard rate”',
    ],
    ['a setting without a value', ['--set', 'Company'], 'has no “=”'],
    ['a number that is none', ['--generate', 'many'], '--generate takes a number'],
    ['more charters than it makes', ['--generate', '20001'], '--generate takes a number'],
    ['a negative number', ['--generate=-1'], '--generate takes a number'],
    ['two sources of charters', ['--generate', '5', '--charters', 'x', ...month], 'leave out'],
    ['a second region without a first', ['--charters-second', 'x', ...month], '--charters'],
    ['files of one’s own without a month', ['--charters', 'x'], '--month is needed'],
    ['a missing file', [...month, '--charters', '/nowhere/c.jsonl'], 'There is no file /nowhere/c.jsonl'],
    ['a missing roster', [...month, '--roster', '/nowhere/r.jsonl'], '/nowhere/r.jsonl'],
    ['a missing workbook', [...month, '--workbook', '/nowhere/w.xlsx'], '/nowhere/w.xlsx'],
    ['a missing mail folder', [...month, '--mail', '/nowhere/mail'], '/nowhere/mail'],
    ['a missing folder of trip sheets', [...month, '--trip-sheets', '/nowhere/trips'], '/nowhere/trips'],
    ['a folder for a file', [...month, '--charters', 'test'], 'is not a file'],
    ['a file for the folder', ['--out=package.json'], 'package.json is not a folder'],
    ['a trace into a folder that is not there', ['--trace', '/nowhere/t.har'], 'no folder /nowhere'],
  ])('%s', async (_words, args, message) => {
    const out = fresh();
    const given = args.some((arg) => arg.startsWith('--out')) ? args : ['--out', folder.at(out), ...args];
    const { code, stderr, stdout } = await start(...given);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(message);
    expect(existsSync(folder.at(out))).toBe(false);
  });

  it('by a process of its own too, on standard error, without a stack', () => {
    const { code, stdout, stderr } = startProcess('--set', 'Nonsense=1', '--out', folder.at(fresh()));
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('there is no setting “Nonsense”');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each<readonly [string, string | Uint8Array, string]>([
    ['empty', '', 'is empty'],
    ['blank', ' \n\n', 'is empty'],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x00, 0x41]), 'is not UTF-8'],
  ])('charters that are %s', async (_words, content, message) => {
    const file = folder.write(`bad-${runs}.jsonl`, content);
    const { code, stderr } = await start(...month, '--charters', file, '--out', folder.at(fresh()));
    expect(code).toBe(64);
    expect(stderr).toContain(message);
  });

  it('every line that DynamoDB would refuse, and every key that comes twice, at once', async () => {
    const good = JSON.stringify(charter('C-1'));
    const lines = [
      good,
      '{"charterId": "C-2",',
      '[1]',
      JSON.stringify({ month: '2026-05' }),
      JSON.stringify(charter('')),
      good,
      JSON.stringify(charter('C-7', { month: 5 })),
      `{"charterId":"C-8","month":"2026-05","date":"2026-05-01","guests":${'9'.repeat(40)}}`,
      '{"Item":{"charterId":{"S":"C-9"},"crew":{"SS":[]}}}',
      JSON.stringify(charter('C-10')),
    ];
    const file = folder.write('lines.jsonl', lines.join('\n'));
    const { code, stderr } = await start(...month, '--charters', file, '--out', folder.at('lines'));
    expect(code).toBe(64);
    const named = [...stderr.matchAll(/line (\d+):/g)].map(([, line]) => Number(line));
    expect(named).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(stderr).toContain('is on line 1 already');
    expect(existsSync(folder.at('lines'))).toBe(false);
  });

  it('lines of the second region and the roster, each by its file', async () => {
    const charters = folder.write('ok.jsonl', jsonLines(cleanMonth()));
    const second = folder.write('second.jsonl', 'x\n');
    const roster = folder.write('roster.jsonl', '{"crewId":7}\n');
    const { code, stderr } = await start(
      ...[
        ...month,
        '--charters',
        charters,
        '--charters-second',
        second,
        '--roster',
        roster,
        '--out',
        folder.at('two'),
      ],
    );
    expect(code).toBe(64);
    expect(stderr).toContain('second.jsonl, line 1');
    expect(stderr).toContain('roster.jsonl, line 1');
  });

  it('a workbook that is none', async () => {
    const workbook = folder.write('broken.xlsx', 'PK not really');
    const { code, stderr } = await start(...month, '--workbook', workbook, '--out', folder.at('broken'));
    expect(code).toBe(64);
    expect(stderr).toContain('broken.xlsx');
    expect(existsSync(folder.at('broken'))).toBe(false);
  });
});

describe('somebody else’s month', () => {
  const own = (): string[] => {
    folder.write(
      'mail/sent/april.eml',
      handMail('2026-04', { company: 'Tidewater Sails' }).replace(/\n/g, '\r\n'),
    );
    return [
      ...['--charters', folder.write('charters.jsonl', jsonLines(cleanMonth()))],
      ...['--roster', folder.write('crew.jsonl', jsonLines(ROSTER))],
      ...['--mail', folder.at('mail'), '--set', 'Company=Tidewater Sails'],
    ];
  };

  it('is sent to the people of their mail, without a workbook of their own', async () => {
    const ended = await start(...month, ...own(), '--out', folder.at('own'));
    expect(ended.code).toBe(0);
    expect(folder.summary('own')).toMatchObject({
      status: 'sent',
      reportableCents: 275_000,
      to: ['grace@partner.example', 'rene@partner.example'],
      subject: 'Tidewater Sails revenue statement, May 2026',
    });
  });

  it('is read from an export of DynamoDB too, and means the same', async () => {
    const typed = (value: unknown): object =>
      typeof value === 'number'
        ? { N: String(value) }
        : Array.isArray(value)
          ? { SS: value }
          : { S: String(value) };
    const exported = cleanMonth().map((item) => ({
      Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, typed(value)])),
    }));
    const args = [...own().slice(2), '--charters', folder.write('export.jsonl', jsonLines(exported))];
    const ended = await start(...month, ...args, '--out', folder.at('exported'));
    expect(ended.code).toBe(0);
    expect(folder.summary('exported').fingerprint).toBe(folder.summary('own').fingerprint);
  });

  it('is posted into their workbook, by their Template, which stays as it is', async () => {
    const workbook = new exceljs.Workbook();
    const template = workbook.addWorksheet('House');
    template.getCell('A1').value = '{{company}}, {{month}}';
    template.getRow(3).values = [
      '{{charter.date}}',
      '{{charter.vessel}}',
      '{{charter.guests}}',
      '{{charter.reportable}}',
    ];
    template.getRow(4).values = ['Total', '', { formula: 'SUM(C3:C3)' }, { formula: 'SUM(D3:D3)' }];
    template.getCell('D3').numFmt = '#,##0.00';
    const overview = workbook.addWorksheet('Mine');
    overview.getCell('A1').value = 'do not touch';
    const file = folder.write('theirs.xlsx', new Uint8Array(await workbook.xlsx.writeBuffer()));
    const ended = await start(
      ...month,
      ...own(),
      '--workbook',
      file,
      '--set',
      'Template tab=House',
      '--out',
      folder.at('theirs'),
    );
    expect(folder.summary('theirs').error).toBeNull();
    expect(ended.code).toBe(0);
    const after = await openXlsx(folder.read('theirs/workbook.xlsx'));
    const posted = after.getWorksheet('May 2026');
    expect(posted?.getCell('A1').value).toBe('Tidewater Sails, May 2026');
    expect([posted?.getCell('C6').result, posted?.getCell('D6').result]).toEqual([24, 2750]);
    expect(posted?.getCell('D6').formula).toBe('SUM(D3:D5)');
    expect(after.getWorksheet('House')?.getCell('A3').value).toBe('{{charter.date}}');
    expect(after.getWorksheet('Mine')?.getCell('A1').value).toBe('do not touch');
    const statement = await openXlsx(folder.read('theirs/statement-2026-05.xlsx'));
    expect(statement.worksheets.map(({ name }) => name)).toEqual(['May 2026']);
    expect(statement.worksheets[0]?.getCell('D6').result).toBe(2750);
  });

  it('is held when the regions differ, naming item, attribute and cents', async () => {
    const second = cleanMonth().map((item, index) =>
      index === 1 ? { ...item, revenueTotal: 1020.5 } : item,
    );
    const ended = await start(
      ...month,
      ...own(),
      ...['--charters-second', folder.write('west.jsonl', jsonLines(second)), '--out', folder.at('west')],
    );
    expect(ended.code).toBe(2);
    const [finding] = folder.summary('west').findings;
    expect(finding).toMatchObject({ code: 'regions-differ', charterId: 'C-2026-05-2', cents: -2050 });
    expect(finding?.message).toContain('revenueTotal');
    expect(ended.stdout).toContain('C-2026-05-2');
  });

  it('fails with the cell named when a setting’s value is bad: exit 1', async () => {
    const ended = await start(...month, ...own(), '--set', 'Standard rate=a lot', '--out', folder.at('rate'));
    expect(ended.code).toBe(1);
    expect(folder.summary('rate')).toMatchObject({ status: 'failed', error: { code: 'settings-invalid' } });
    expect(folder.summary('rate').error?.message).toContain("'Purser settings'!B3 (Standard rate)");
    expect(ended.stdout).toContain("'Purser settings'!B3");
    // Put right in the same folder, it is sent.
    const mended = await start(...month, ...own(), '--set', 'standard  RATE=125', '--out', folder.at('rate'));
    expect(mended.code).toBe(0);
  });

  it('goes by settings of another region and other tables', async () => {
    const ended = await start(
      ...month,
      ...own(),
      ...['--set', 'Primary region=eu-west-1', '--set', 'Second region=', '--out', folder.at('europe')],
    );
    expect(folder.summary('europe').error).toBeNull();
    expect(ended.code).toBe(0);
  });

  it.each([
    ['Charters table=nope', 'charters-table-missing', '“nope”'],
    ['Charters index=nope', 'charters-index-missing', 'Charters index'],
  ])('fails when there is no such thing: %s', async (setting, code, word) => {
    const out = fresh();
    const ended = await start(...month, ...own(), '--set', setting, '--out', folder.at(out));
    expect(ended.code).toBe(1);
    expect(folder.summary(out).error).toMatchObject({ code, message: expect.stringContaining(word) });
    expect(ended.stdout).toContain(word);
  });

  it('without anybody to send to is held', async () => {
    const args = ['--charters', folder.write('alone.jsonl', jsonLines(cleanMonth()))];
    const ended = await start(...month, ...args, '--out', folder.at('alone'));
    expect(ended.code).toBe(2);
    expect(folder.summary('alone').findings.map(({ code }) => code)).toContain('no-recipients');
    // Sources are read anew: the mail that was missing is found.
    const found = await start(...month, ...own(), '--out', folder.at('alone'));
    expect(found.code).toBe(0);
  });

  it('whose records are broken is refused rather than sent twice', async () => {
    folder.write('own/.state/state.json', '{"version":1,');
    const ended = await start(...month, ...own(), '--out', folder.at('own'));
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain('state.json');
    expect(folder.files('own').filter((name) => name.startsWith('mail/'))).toHaveLength(1);
  });
});
