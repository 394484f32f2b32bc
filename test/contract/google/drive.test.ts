import {
  createFolder,
  FOLDER_TYPE,
  listFiles,
  replaceFile,
  uploadFile,
  XLSX_TYPE,
} from '../../../src/clients/google/drive.ts';
import { filingCall } from '../../../src/delivery/filing.ts';
import type { PurserError } from '../../../src/host/errors.ts';
import { sha256Hex } from '../../../src/statement/fingerprint.ts';
import { closeServers, localGoogle, stranger } from './servers.ts';

const bytes = Uint8Array.from({ length: 40_000 }, (_, at) => (at * 31 + (at >> 7)) % 256);

afterAll(closeServers);

describe('the local Google', () => {
  test('folders and the file are made, found by one search of the filing, and replaced in place', async () => {
    const { run, token, google } = await localGoogle();
    const key = "k'\\ey";
    const folder = await run(
      createFolder(token, { name: 'Purser', appProperties: { purserFolder: `${key}/root` } }),
    );
    const file = await run(
      uploadFile(
        token,
        {
          name: 'é "x".xlsx',
          parents: [folder.id],
          description: 'one\ntwo',
          modifiedTime: '2026-06-01T10:00:00.000Z',
          appProperties: { purserStatement: 'PRSX' },
        },
        XLSX_TYPE,
        bytes,
      ),
    );
    expect(file).toMatchObject({
      name: 'é "x".xlsx',
      mimeType: XLSX_TYPE,
      parents: [folder.id],
      sha256Checksum: sha256Hex(bytes),
      size: '40000',
      description: 'one\ntwo',
    });
    const found = await run(filingCall(token, key, '2026', 'PRSX'));
    expect(found.map(({ id }) => id).sort()).toEqual([file.id, folder.id].sort());
    expect(found.find(({ id }) => id === folder.id)).toMatchObject({
      mimeType: FOLDER_TYPE,
      appProperties: { purserFolder: `${key}/root` },
    });
    const other = bytes.slice(0, 100);
    const replaced = await run(replaceFile(token, file.id, { name: 'new.xlsx' }, XLSX_TYPE, other));
    expect(replaced).toMatchObject({
      id: file.id,
      name: 'new.xlsx',
      sha256Checksum: sha256Hex(other),
      parents: [folder.id],
    });
    expect(google.driveFiles()).toHaveLength(2);
  });

  test('takes what is too large for one request in two, and replaces it so', async () => {
    const { run, token, google, requests } = await localGoogle();
    const large = new Uint8Array(5_000_001).map((_, at) => at % 251);
    const metadata = { name: 'é.xlsx', appProperties: { purserCopy: 'PRSX' } };
    const file = await run(uploadFile(token, metadata, XLSX_TYPE, large));
    expect(file).toMatchObject({ ...metadata, mimeType: XLSX_TYPE, sha256Checksum: sha256Hex(large) });
    const other = large.slice().reverse();
    const replaced = await run(replaceFile(token, file.id, { name: 'new.xlsx' }, XLSX_TYPE, other));
    expect(replaced).toMatchObject({ id: file.id, name: 'new.xlsx', sha256Checksum: sha256Hex(other) });
    expect(google.driveFiles()).toHaveLength(1);
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PATCH', 'PUT']);
    await run(uploadFile(token, metadata, XLSX_TYPE, large.slice(1)));
    expect(requests.slice(4).map(({ method }) => method)).toEqual(['POST']);
  });

  test('what a person made is not seen with drive.file, and a search of 1,001 files comes whole', async () => {
    const { run, token, tokenWith, google } = await localGoogle();
    google.putFile({ name: 'private.xlsx', parents: [], mimeType: XLSX_TYPE, bytes });
    expect(await run(listFiles(token, 'trashed = false'))).toEqual([]);
    for (let at = 0; at < 1001; at++)
      google.putFile({ name: `f${at}`, parents: [], mimeType: 'text/csv', bytes: new Uint8Array(1) });
    const all = await run(listFiles(tokenWith('drive.readonly'), "mimeType = 'text/csv'"));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1001);
  });

  test('a wrong token, a missing scope, a missing file and a bad search are told apart', async () => {
    const { run, token, tokenWith } = await localGoogle();
    const codeOf = (running: Promise<unknown>) =>
      running.then(
        () => 'let through',
        ({ code, data }: PurserError) => `${code} ${data.status}`,
      );
    expect(await codeOf(run(listFiles('wrong', 'trashed = false')))).toBe('google-refused 401');
    expect(await codeOf(run(listFiles(tokenWith('gmail.send'), 'trashed = false')))).toBe(
      'google-scope-missing 403',
    );
    expect(await codeOf(run(replaceFile(token, 'nothing', {}, XLSX_TYPE, bytes)))).toBe(
      'google-not-found 404',
    );
    expect(await codeOf(run(listFiles(token, 'nonsense')))).toBe('google-refused 400');
  });
});

describe('the emulator, which others wrote', () => {
  test('takes our folder and our upload, and finds them (it has no upload for a file that is there)', async () => {
    const { run, token } = await stranger();
    const folder = await run(createFolder(token, { name: 'Purser' }));
    expect(folder).toMatchObject({ name: 'Purser', mimeType: FOLDER_TYPE });
    const file = await run(uploadFile(token, { name: 'May.xlsx', parents: [folder.id] }, XLSX_TYPE, bytes));
    expect(file).toMatchObject({ name: 'May.xlsx', mimeType: XLSX_TYPE, parents: [folder.id] });
    // It searches by folder, and leaves names and properties out of account.
    const found = await run(listFiles(token, `'${folder.id}' in parents and trashed = false`));
    expect(found.map(({ id }) => id)).toEqual([file.id]);
  });
});
