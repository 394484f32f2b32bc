/** What was read of booking mail goes under the evidence tab's last row. */
import { appendEvidence } from '../../src/run/read-mail/append-evidence.ts';
import { mailRows } from '../../src/workbook/evidence-row.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const tab = {
  sheetId: 7,
  title: 'Purser evidence',
  index: 3,
  hidden: false,
  rowCount: 1000,
  columnCount: 15,
};
const access = { spreadsheetId: 'workbook-1', token: 'token' };
const rows = mailRows('18f0000000000001', [], '2026-05-02T10:00:00.000Z', 'https://mail.google.com/x');

test('rows are appended by Google itself, so that two writers never write over each other', () => {
  const host = fakeHost({ answer: () => ({ status: 200, body: {} }) });
  appendEvidence(host, access, { tab, usedRows: 5 }, rows);
  const [request] = host.rounds.flat();
  expect(request?.url).toContain("/values/'Purser%20evidence'!A%3AO:append?valueInputOption=RAW");
  expect(JSON.parse(String(request?.body))).toMatchObject({ values: rows });
  expect(host.rounds).toHaveLength(1);
});

test('an answer that was lost is asked for again: a row that stands there twice counts once', () => {
  let lost = 1;
  const host = fakeHost({
    answer: () => (lost-- > 0 ? { status: 503 } : { status: 200, body: {} }),
  });
  appendEvidence(host, access, { tab, usedRows: 5 }, rows);
  expect(host.rounds).toHaveLength(2);
});

test('nothing read is nothing written, and a refusal is told', () => {
  const host = fakeHost({ answer: () => ({ status: 400, body: {} }) });
  appendEvidence(host, access, { tab, usedRows: 5 }, []);
  expect(host.rounds).toEqual([]);
  expect(errorOf(() => appendEvidence(host, access, { tab, usedRows: 5 }, rows)).code).toBe('google-refused');
});
