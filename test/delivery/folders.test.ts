import type { DriveFile } from '../../src/clients/google/drive.ts';
import { FOLDER_TYPE, XLSX_TYPE } from '../../src/clients/google/drive.ts';
import { ensureFolders } from '../../src/delivery/folders.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const KEY = 'a1b2c3d4e5';

function folder(id: string, key: string, mimeType = FOLDER_TYPE): DriveFile {
  return {
    id,
    name: id,
    mimeType,
    parents: [],
    appProperties: { purserFolder: `${KEY}/${key}` },
    description: '',
    modifiedTime: '',
    sha256Checksum: '',
    size: '0',
    webViewLink: '',
    trashed: false,
  };
}

/** Drive that makes what it is asked for, `new-0`, `new-1` …; and refuses folders of these names. */
function drive(...refused: readonly string[]) {
  return fakeHost({
    answer: ({ body }, index): Answer => {
      const { name } = JSON.parse(String(body)) as { name: string };
      if (refused.includes(name)) return { status: 403, body: { error: { message: `No ${name} here` } } };
      return { status: 200, body: { id: `new-${index}`, name, mimeType: FOLDER_TYPE } };
    },
  });
}

const made = (host: ReturnType<typeof drive>) =>
  host.rounds.map((round) =>
    round.map(({ body }) => {
      const { name, parents, appProperties } = JSON.parse(String(body)) as {
        name: string;
        parents?: string[];
        appProperties: Record<string, string>;
      };
      return [name, parents?.[0] ?? null, appProperties.purserFolder];
    }),
  );

const ALL = [
  folder('root', 'root'),
  folder('reports', 'reports'),
  folder('ledger', 'revenue-ledger'),
  folder('reports-26', 'reports/2026'),
  folder('ledger-26', 'revenue-ledger/2026'),
];

test('the first time they are made in three rounds, each inside the one above', () => {
  const host = drive();
  expect(ensureFolders(host, 't', [], KEY, '2026')).toEqual({
    reports: 'new-3',
    ledger: { ok: true, value: 'new-4' },
  });
  expect(made(host)).toEqual([
    [['Purser', null, `${KEY}/root`]],
    [
      ['reports', 'new-0', `${KEY}/reports`],
      ['revenue-ledger', 'new-0', `${KEY}/revenue-ledger`],
    ],
    [
      ['2026', 'new-1', `${KEY}/reports/2026`],
      ['2026', 'new-2', `${KEY}/revenue-ledger/2026`],
    ],
  ]);
});

test('a new year adds one to each, in one round', () => {
  const host = drive();
  ensureFolders(host, 't', ALL, KEY, '2027');
  expect(made(host)).toEqual([
    [
      ['2027', 'reports', `${KEY}/reports/2027`],
      ['2027', 'ledger', `${KEY}/revenue-ledger/2027`],
    ],
  ]);
});

test('a workbook that filed before copies were kept gets only what it lacks', () => {
  const host = drive();
  const there = ALL.filter(({ id }) => !id.startsWith('ledger'));
  expect(ensureFolders(host, 't', there, KEY, '2026')).toEqual({
    reports: 'reports-26',
    ledger: { ok: true, value: 'new-1' },
  });
  expect(made(host).flat()).toEqual([
    ['revenue-ledger', 'root', `${KEY}/revenue-ledger`],
    ['2026', 'new-0', `${KEY}/revenue-ledger/2026`],
  ]);
});

test('when they are there nothing is asked, whatever a person calls them and wherever they were moved', () => {
  const host = drive();
  const moved = [folder('moved out', 'reports/2026'), folder('moved too', 'revenue-ledger/2026')];
  for (const there of [ALL, moved]) ensureFolders(host, 't', there, KEY, '2026');
  expect(ensureFolders(host, 't', moved, KEY, '2026')).toEqual({
    reports: 'moved out',
    ledger: { ok: true, value: 'moved too' },
  });
  expect(host.rounds).toEqual([]);
});

test('of twins the older one counts, and a file that carries a folder’s mark is no folder', () => {
  const twins = [
    folder('file', 'reports/2026', XLSX_TYPE),
    folder('old', 'reports/2026'),
    folder('new', 'reports/2026'),
    folder('l', 'revenue-ledger/2026'),
  ];
  expect(ensureFolders(drive(), 't', twins, KEY, '2026').reports).toBe('old');
});

test('a folder for copies that can’t be made does not keep the statements’ folder from being there', () => {
  const host = drive('revenue-ledger');
  const { reports, ledger } = ensureFolders(host, 't', [], KEY, '2026');
  expect(reports).toBe('new-3');
  expect(ledger).toMatchObject({ ok: false, error: { code: 'google-refused' } });
});

test('a folder for statements that can’t be made stops the run', () => {
  const error = errorOf(() => ensureFolders(drive('reports'), 't', [], KEY, '2026'));
  expect(error.what).toContain('No reports here');
});
