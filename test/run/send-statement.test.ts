import { createHash } from 'node:crypto';
import type { Collected } from '../../src/run/collect.ts';
import { emptyReport } from '../../src/run/report.ts';
import { fileAndSend } from '../../src/run/send-statement.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const BYTES = Uint8Array.from([80, 75, 3, 4]);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

/** Only what filing and sending look at. */
const COLLECTED = {
  workbook: { access: { spreadsheetId: 's', token: 't' }, settings: { company: 'Blue Heron', replyTo: [] } },
  workbookKey: 'k',
  driveFiles: [
    {
      id: 'f',
      mimeType: 'application/vnd.google-apps.folder',
      appProperties: { purserFolder: 'k/reports/2026' },
    },
  ],
  recipients: { to: [{ name: '', address: 'grace@partner.example' }], cc: [] },
  subject: 'Statement',
  calculation: { statement: sampleStatement(), findings: [] },
} as unknown as Collected;

test('a run whose filing took the rest of its time stops before it sends, and claims nothing', () => {
  const host = fakeHost({
    roundMs: 280_000,
    answer: () => ({ status: 200, body: { id: 'x', name: 'n', mimeType: 'm', sha256Checksum: SHA256 } }),
  });
  const report = { ...emptyReport('2026-05'), fileName: 'statement.xlsx' };
  const error = errorOf(() => fileAndSend(host, COLLECTED, report, BYTES, host.now()));
  expect(error).toMatchObject({ code: 'time-budget-spent' });
  expect(host.rounds.flat().map(({ url }) => new URL(url).hostname)).toEqual(['www.googleapis.com']);
  expect([...host.document.keys()]).toEqual([]);
});
