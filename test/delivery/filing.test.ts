import { createHash } from 'node:crypto';
import { send } from '../../src/clients/exchange.ts';
import type { DriveFile } from '../../src/clients/google/drive.ts';
import { FOLDER_TYPE, XLSX_TYPE } from '../../src/clients/google/drive.ts';
import { ensureFolders, fileStatement, filingCall } from '../../src/delivery/filing.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const BYTES = Uint8Array.from([80, 75, 3, 4, 255]);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const KEY = 'a1b2c3d4e5';

function found(id: string, appProperties: Record<string, string>, mimeType = FOLDER_TYPE): DriveFile {
  return {
    id,
    name: id,
    mimeType,
    parents: [],
    appProperties,
    description: '',
    modifiedTime: '',
    sha256Checksum: '',
    size: '0',
    webViewLink: '',
    trashed: false,
  };
}

const folder = (id: string, key: string): DriveFile => found(id, { purserFolder: `${KEY}/${key}` });

/** Drive that makes what it is asked for: `new-0`, `new-1` … */
function drive(sha256Checksum = SHA256) {
  return fakeHost({
    answer: ({ method, url }, index): Answer => {
      const id = method === 'PATCH' ? (/files\/([^?]+)/.exec(url)?.[1] ?? '') : `new-${index}`;
      return { status: 200, body: { id, name: 'x', mimeType: 'y', sha256Checksum } };
    },
  });
}

const madeFolders = (host: ReturnType<typeof drive>) =>
  host.rounds.flat().map(({ body }) => {
    const { name, parents, appProperties } = JSON.parse(String(body)) as Record<string, unknown>;
    return [name, parents, appProperties];
  });

describe('folders', () => {
  test('the first time, three are made, each inside the one before', () => {
    const host = drive();
    expect(ensureFolders(host, 't', [], KEY, '2026')).toBe('new-2');
    expect(madeFolders(host)).toEqual([
      ['Purser', undefined, { purserFolder: `${KEY}/root` }],
      ['reports', ['new-0'], { purserFolder: `${KEY}/reports` }],
      ['2026', ['new-1'], { purserFolder: `${KEY}/reports/2026` }],
    ]);
  });

  test('a new year adds one', () => {
    const host = drive();
    expect(ensureFolders(host, 't', [folder('r', 'root'), folder('p', 'reports')], KEY, '2027')).toBe(
      'new-0',
    );
    expect(madeFolders(host)).toEqual([['2027', ['p'], { purserFolder: `${KEY}/reports/2027` }]]);
  });

  test('when they are there, nothing is made, whatever a person calls them and wherever they were moved', () => {
    const host = drive();
    const there = [folder('y', 'reports/2026'), folder('p', 'reports'), folder('r', 'root')];
    expect(ensureFolders(host, 't', there, KEY, '2026')).toBe('y');
    expect(ensureFolders(host, 't', [folder('moved out', 'reports/2026')], KEY, '2026')).toBe('moved out');
    expect(host.rounds).toEqual([]);
  });

  test('of twins the older one counts, and a file that carries a folder’s mark is no folder', () => {
    const host = drive();
    const twins = [
      found('file', { purserFolder: `${KEY}/reports/2026` }, XLSX_TYPE),
      folder('old', 'reports/2026'),
      folder('new', 'reports/2026'),
    ];
    expect(ensureFolders(host, 't', twins, KEY, '2026')).toBe('old');
  });

  test('one search looks for all, without what is in the trash', () => {
    const host = fakeHost({ answer: () => ({ status: 200, body: { files: [] } }) });
    send(host, filingCall('t', KEY, '2026', 'PRSK3QD202605V1'));
    const q = new URL(host.rounds[0]?.[0]?.url ?? '').searchParams.get('q');
    expect(q).toBe(
      `trashed = false and (appProperties has { key='purserFolder' and value='${KEY}/root' } or appProperties has { key='purserFolder' and value='${KEY}/reports' } or appProperties has { key='purserFolder' and value='${KEY}/reports/2026' } or appProperties has { key='purserStatement' and value='PRSK3QD202605V1' })`,
    );
  });
});

describe('the file', () => {
  const statement = sampleStatement();
  const filed = {
    statement,
    name: 'statement-2026-05.xlsx',
    bytes: BYTES,
    folderId: 'y',
    modifiedMs: NOW_MS,
  };

  test('is uploaded into the folder with what tells its content, and found again by its code', () => {
    const host = drive();
    expect(fileStatement(host, 't', filed, [])).toEqual({
      id: 'new-0',
      url: 'https://drive.google.com/file/d/new-0/view',
      sha256: SHA256,
    });
    const [request] = host.rounds.flat();
    expect(request?.method).toBe('POST');
    const json =
      /\r\n\r\n(\{.*\})\r\n/.exec(Buffer.from(request?.body as Uint8Array).toString('utf8'))?.[1] ?? '';
    expect(JSON.parse(json)).toEqual({
      name: 'statement-2026-05.xlsx',
      description:
        'Revenue statement of Blue Heron Charters for May 2026, version 1.\n84 completed charters, 1432 guests, 37 comps, 1395 paying.\nReportable $174,213.50, recorded $174,213.50, difference $0.00.\nCode PRSK3QD202605V1, fingerprint 9f2c41d0ab73.',
      mimeType: XLSX_TYPE,
      modifiedTime: '2026-06-01T10:00:00.000Z',
      appProperties: { purserStatement: 'PRSK3QD202605V1', purserMonth: '2026-05' },
      parents: ['y'],
    });
  });

  test('of an earlier try is replaced where it is, so that there is no twin', () => {
    const host = drive();
    const there = [
      found('draft', { purserStatement: statement.code }, XLSX_TYPE),
      found('twin', { purserStatement: statement.code }, XLSX_TYPE),
    ];
    expect(fileStatement(host, 't', filed, there).id).toBe('draft');
    const [request] = host.rounds.flat();
    expect(request?.method).toBe('PATCH');
    // developers.google.com/workspace/drive/api/reference/rest/v3/files/update: parents is not writable
    expect(Buffer.from(request?.body as Uint8Array).toString()).not.toContain('"parents"');
  });

  test('of another statement is left alone', () => {
    const host = drive();
    fileStatement(host, 't', filed, [found('v2', { purserStatement: 'PRSK3QD202605V2' }, XLSX_TYPE)]);
    expect(host.rounds.flat().map(({ method }) => method)).toEqual(['POST']);
  });

  test.each([
    ['other bytes', 'f'.repeat(64), 'ffffffffffff'],
    ['no checksum', '', 'none'],
  ])('is not trusted when Drive reports %s', (_, checksum, shown) => {
    const error = errorOf(() => fileStatement(drive(checksum), 't', filed, []));
    expect(error).toMatchObject({
      code: 'file-checksum-differs',
      kind: 'conflict',
      data: { fileId: 'new-0' },
    });
    expect(error.what).toContain(`checksum ${shown} instead of ${SHA256.slice(0, 12)}`);
  });
});
