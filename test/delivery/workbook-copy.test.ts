import { createHash } from 'node:crypto';
import { exchange } from '../../src/clients/exchange.ts';
import type { DriveFile } from '../../src/clients/google/drive.ts';
import type { WorkbookCopy } from '../../src/delivery/workbook-copy.ts';
import { copyCall, exportWorkbook, notCopied } from '../../src/delivery/workbook-copy.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Answer } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';

const BYTES = Uint8Array.from([80, 75, 3, 4, 1]);
const COPY: WorkbookCopy = {
  statement: { month: '2026-05', code: 'PRSK3QD202605V1' },
  workbookTitle: 'Harbor Sails: “Books”',
  date: '2026-06-01',
  bytes: BYTES,
  folderId: 'ledger-26',
  modifiedMs: NOW_MS,
};

function metadataOf(copy: WorkbookCopy, there: readonly DriveFile[] = []): Record<string, unknown> {
  const request = copyCall('t', copy, there).request({ nowMs: NOW_MS });
  const text = Buffer.from(request.body as Uint8Array).toString('utf8');
  const metadata = JSON.parse(/\r\n\r\n(\{.*\})\r\n/.exec(text)?.[1] ?? '') as Record<string, unknown>;
  return { method: request.method, ...metadata };
}

test('is named by the workbook and the day, and found again by the statement’s code', () => {
  expect(metadataOf(COPY)).toMatchObject({
    method: 'POST',
    name: 'Harbor Sails- “Books” 2026-06-01.xlsx',
    parents: ['ledger-26'],
    appProperties: { purserCopy: 'PRSK3QD202605V1', purserMonth: '2026-05' },
  });
});

test('a workbook’s name of any length leaves the day in the copy’s', () => {
  expect(metadataOf({ ...COPY, workbookTitle: 'x'.repeat(400) }).name).toMatch(/^x+… 2026-06-01\.xlsx$/);
});

test('takes the place of the copy of an earlier try', () => {
  const there = { id: 'c', appProperties: { purserCopy: 'PRSK3QD202605V1' } } as unknown as DriveFile;
  expect(metadataOf(COPY, [there])).toMatchObject({ method: 'PATCH' });
});

test('is not taken for kept when Drive has other bytes', () => {
  const answer = (sha256Checksum: string) => (): Answer => ({
    status: 200,
    body: { id: 'c', name: 'x', mimeType: 'y', sha256Checksum },
  });
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  const kept = (checksum: string): boolean =>
    exchange(fakeHost({ answer: answer(checksum) }), { copy: copyCall('t', COPY, []) }).copy.ok;
  expect([kept(sha256), kept('0'.repeat(64))]).toEqual([true, false]);
});

describe('the export', () => {
  const exported = (answer: Answer) =>
    exchange(fakeHost({ answer: () => answer }), { exported: exportWorkbook('t', 'wb') }).exported;

  test('is the workbook’s bytes', () => {
    expect(exported({ status: 200, body: 'PK\u0003\u0004' })).toMatchObject({ ok: true });
  });

  test('that is a page of words is no workbook', () => {
    expect(exported({ status: 200, body: '<html>Sign in</html>' })).toMatchObject({
      ok: false,
      error: { code: 'reply-malformed' },
    });
  });

  test('of a workbook over Google’s limit gives a finding that says what to move', () => {
    // developers.google.com/workspace/drive/api/guides/handle-errors
    const outcome = exported({
      status: 403,
      body: { error: { message: 'too large', errors: [{ reason: 'exportSizeLimitExceeded' }] } },
    });
    if (outcome.ok) throw new Error('It was exported.');
    const { code, message } = notCopied(outcome.error);
    expect(code).toBe('workbook-not-copied');
    expect(message).toMatch(/10 MB.*Move the tabs of past years/);
  });
});

test('any other trouble is told in the finding', () => {
  const error = new PurserError('service-unavailable', { what: 'Drive export failed.', now: 'Wait.' });
  expect(notCopied(error).message).toContain('Drive export failed. For this month choose File › Download');
});
