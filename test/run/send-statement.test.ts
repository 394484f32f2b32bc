import { createHash } from 'node:crypto';
import { PurserError } from '../../src/host/errors.ts';
import type { Host, HttpRequest } from '../../src/host/host.ts';
import type { Approval } from '../../src/run/approval.ts';
import type { Collected } from '../../src/run/collect.ts';
import type { MonthRun } from '../../src/run/month-run-state.ts';
import type { PreparedMonth } from '../../src/run/prepare-month.ts';
import { emptyReport } from '../../src/run/report.ts';
import { fileAndSend } from '../../src/run/send-statement.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';
import { ledgerItems, provenMonth } from './proven-month.ts';

const MONTH = provenMonth(ledgerItems(2));
const FOLDERS = ['reports/2026', 'revenue-ledger/2026'].map((key) => ({
  id: key,
  mimeType: 'application/vnd.google-apps.folder',
  appProperties: { purserFolder: `k/${key}` },
}));

/** Only what filing and sending look at. */
const COLLECTED = {
  workbook: {
    access: { spreadsheetId: 's', token: 't' },
    tabs: { title: 'Books' },
    settings: { company: 'Blue Heron', replyTo: [], mailRecipientsADay: 500, ...MONTH.attributes },
    settingsRows: MONTH.settingsRows,
    template: MONTH.template,
    monthTitle: MONTH.monthTitle,
  },
  workbookKey: 'k',
  driveFiles: FOLDERS,
  ledger: { items: MONTH.items },
  heard: { files: MONTH.tripSheetFiles },
  recipients: MONTH.recipients,
  subject: MONTH.subject,
  places: MONTH.places,
  input: MONTH.input,
  calculation: MONTH.calculation,
  correction: null,
  today: '2026-06-01',
} as unknown as Collected;

const APPROVAL = {
  preparedBy: 'nora@harbor.example',
  approvedBy: 'Nora Field',
  certification: 'It is so.',
  at: '2026-06-01T10:00:00.000Z',
  sha256: 'f'.repeat(64),
} as Approval;

const prepared = (collected: Collected): PreparedMonth => ({
  collected,
  file: MONTH.file,
  report: { ...emptyReport('2026-05'), fileName: 'statement.xlsx' },
  isHeld: false,
  waiting: null,
});

function runOn(host: Host): MonthRun {
  const startedMs = host.now();
  return {
    host,
    request: { month: '2026-05', by: 'person', approve: () => null, resolve: () => null },
    properties: {},
    startedMs,
    createdMs: startedMs,
    options: { deadlineMs: startedMs + 270_000 },
    leave: () => undefined,
    course: {
      version: 1,
      step: 'export',
      before: null,
      approval: null,
      isDoubted: false,
      voided: null,
      pin: null,
      isToHasten: false,
    },
  };
}

function checksumOf({ body }: HttpRequest): string {
  const parts = Buffer.from(body as Uint8Array)
    .toString('latin1')
    .split('\r\n\r\n');
  const content = parts
    .slice(2)
    .join('\r\n\r\n')
    .replace(/\r\n--[^\r\n]+--\r\n$/, '');
  return createHash('sha256').update(Buffer.from(content, 'latin1')).digest('hex');
}

test('a run whose filing took the rest of its time stops before it sends, and claims nothing', () => {
  const host = fakeHost({
    roundMs: 280_000,
    answer: (request) =>
      request.method === 'GET'
        ? { status: 200, body: 'PK' }
        : {
            status: 200,
            body: { id: 'x', name: 'n', mimeType: 'm', sha256Checksum: checksumOf(request) },
          },
  });
  const error = errorOf(() => fileAndSend(runOn(host), prepared(COLLECTED), APPROVAL, null));
  expect(error).toMatchObject({ code: 'time-budget-spent' });
  expect(host.rounds).toHaveLength(1);
  expect(new Set(host.rounds.flat().map(({ url }) => new URL(url).hostname))).toEqual(
    new Set(['www.googleapis.com']),
  );
  expect([...host.document.keys()]).toEqual([]);
});

test('a sender whose token can’t be made sure of stops the run before the mail is claimed', () => {
  const host = fakeHost({
    answer: (request) =>
      request.method === 'GET'
        ? { status: 200, body: 'PK' }
        : {
            status: 200,
            body: { id: 'x', name: 'n', mimeType: 'm', sha256Checksum: checksumOf(request) },
          },
  });
  const busy = new PurserError('token-busy', { what: 'Another run renews it.', now: 'Wait.' });
  const sender = {
    transport: 'account:107',
    account: 'office@blueheron.example',
    why: 'The setting says so.',
    authorize: (make: (token: string) => unknown) => make('token'),
    ready: () => {
      throw busy;
    },
  };
  const collected = { ...COLLECTED, sender } as unknown as Collected;
  expect(errorOf(() => fileAndSend(runOn(host), prepared(collected), APPROVAL, null))).toBe(busy);
  expect([...host.document.keys()]).toEqual([]);
});
