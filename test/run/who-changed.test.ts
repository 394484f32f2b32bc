import type { Collected } from '../../src/run/collect.ts';
import { whoChanged } from '../../src/run/who-changed.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { collectedMonth } from './approved-month.ts';

const APPROVED = { at: '2026-06-01T09:00:00.000Z' };
const TEMPLATE_CHANGED = [{ part: 'template', words: 'The Template has changed' }] as const;
const CHARTERS_CHANGED = [{ part: 'charters', words: 'The charters have changed' }] as const;
const ADA = { displayName: 'Ada Byrne', emailAddress: 'ada@blueheron.example', me: false };

function asked(
  body: object,
  changes: Parameters<typeof whoChanged>[3] = TEMPLATE_CHANGED,
  status = 200,
): { words: string; host: ReturnType<typeof fakeHost> } {
  const host = fakeHost({ answer: () => ({ status, body }) });
  const collected: Collected = collectedMonth();
  return { words: whoChanged(host, collected, APPROVED, changes, { attempts: 1 }), host };
}

test('whoever edited the workbook last is named, with when in its zone', () => {
  const { words, host } = asked({ modifiedTime: '2026-06-01T09:30:00.000Z', lastModifyingUser: ADA });
  expect(words).toBe(
    'The workbook was last edited on 2026-06-01 at 05:30 by Ada Byrne (ada@blueheron.example).',
  );
  const [request] = host.rounds.flat();
  const url = new URL(request?.url ?? '');
  expect(url.pathname).toBe('/drive/v3/files/workbook-1');
  expect(url.searchParams.get('fields')).toBe('modifiedTime,lastModifyingUser(displayName,emailAddress,me)');
  expect(host.rounds).toHaveLength(1);
});

test('the account of Purser’s own may have been Purser, and that is said', () => {
  const { words } = asked({
    modifiedTime: '2026-06-01T09:30:00.000Z',
    lastModifyingUser: { ...ADA, me: true },
  });
  expect(words).toContain('it may have been Purser');
});

test('an account that hides its address is named by its name, one without a name by its address', () => {
  const modifiedTime = '2026-06-01T09:30:00.000Z';
  expect(asked({ modifiedTime, lastModifyingUser: { displayName: 'Ada' } }).words).toMatch(/ by Ada\.$/);
  expect(asked({ modifiedTime, lastModifyingUser: { emailAddress: 'a@b.example' } }).words).toMatch(
    / by a@b\.example\.$/,
  );
});

test.each<[string, object, number]>([
  ['Drive names nobody', { modifiedTime: '2026-06-01T09:30:00.000Z' }, 200],
  [
    'the last edit was before the approval',
    { modifiedTime: '2026-06-01T08:59:59Z', lastModifyingUser: ADA },
    200,
  ],
  ['Drive does not say when', { lastModifyingUser: ADA }, 200],
  ['Drive refuses', { error: { message: 'No.' } }, 403],
  ['Drive is down', {}, 503],
])('nothing is said when %s', (_what, body, status) => {
  expect(asked(body, TEMPLATE_CHANGED, status).words).toBe('');
});

test('what changed in the charters’ table is nothing that Drive knows of: it isn’t asked', () => {
  const { words, host } = asked({}, CHARTERS_CHANGED);
  expect(words).toBe('');
  expect(host.rounds).toEqual([]);
  expect(host.now()).toBe(NOW_MS);
});
