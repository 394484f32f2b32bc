import { send } from '../../../src/clients/exchange.ts';
import { listPermissions } from '../../../src/clients/google/drive-permissions.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

test('all pages of permissions are read, with the token in a header', () => {
  const pages = [
    { permissions: [{ type: 'user', role: 'owner', emailAddress: 'nora@x.example' }], nextPageToken: 'p 2' },
    { permissions: [{ type: 'anyone', role: 'reader' }] },
  ];
  const host = fakeHost({ answer: (_, index) => ({ status: 200, body: pages[index] ?? {} }) });
  expect(send(host, listPermissions('token-1', 'file/1'))).toMatchObject([
    { type: 'user', role: 'owner', emailAddress: 'nora@x.example', deleted: false },
    { type: 'anyone', role: 'reader', emailAddress: '' },
  ]);
  const [first, second] = host.rounds.flat();
  expect(first?.url).toContain('/drive/v3/files/file%2F1/permissions?supportsAllDrives=true');
  expect(first?.headers.Authorization).toBe('Bearer token-1');
  expect(second?.url).toContain('&pageToken=p%202');
});

test('a page that comes again ends it with an error, and so does a reader’s refusal', () => {
  const same = { permissions: [], nextPageToken: 'same' };
  const endless = fakeHost({ answer: () => ({ status: 200, body: same }) });
  expect(errorOf(() => send(endless, listPermissions('t', 'f'))).code).toBe('reply-malformed');
  expect(endless.rounds).toHaveLength(2);
  const refused = fakeHost({
    answer: () => ({
      status: 403,
      body: { error: { message: 'No.', errors: [{ reason: 'insufficientFilePermissions' }] } },
    }),
  });
  expect(errorOf(() => send(refused, listPermissions('t', 'f'))).code).toBe('google-refused');
});
