import { failedRoundCost, hostCallCost, roundCost, seconds } from '../../../scripts/local/latency.ts';

const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const exchange = (method: string, url: string, body: unknown = null, reply: unknown = '') => ({
  request: { method, url, body: body === null ? null : bytes(body) },
  reply: { body: bytes(reply) },
});
const SHEETS = 'https://sheets.googleapis.com/v4/spreadsheets/ID';
const DYNAMODB = 'https://dynamodb.us-east-1.amazonaws.com/';

test('a round takes the overhead and its slowest request, not the sum', () => {
  const list = exchange('GET', 'https://gmail.googleapis.com/gmail/v1/users/me/messages?q=x');
  const query = exchange('POST', DYNAMODB, '{}');
  expect(seconds(roundCost('fetchAll', [list, query]), 1)).toBeCloseTo(0.5 + 0.12);
  expect(seconds(roundCost('fetch', [query]), 1)).toBeCloseTo(0.4 + 0.02);
});

test('Sheets figures hold the overhead already, and grow with the cells', () => {
  const values = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => 'x'));
  expect(
    seconds(roundCost('fetch', [exchange('GET', `${SHEETS}/values/A1`, null, { values })]), 1),
  ).toBeCloseTo(0.18 + 1_000 * 2.9e-6);
  const batchRead = exchange('GET', `${SHEETS}/values:batchGet?ranges=A`, null, {
    valueRanges: [{ values }, { values }],
  });
  expect(seconds(roundCost('fetch', [batchRead]), 1)).toBeCloseTo(0.18 + 2_000 * 2.9e-6);
  const write = exchange(
    'POST',
    `${SHEETS}/values:batchUpdate`,
    { data: [{ values }] },
    { totalUpdatedCells: 1_000 },
  );
  expect(seconds(roundCost('fetch', [write]), 1)).toBeCloseTo(0.19 + 1_000 * 11.4e-6);
});

test('a batchUpdate costs what its requests cost, and copies are assumed figures', () => {
  const rows = Array.from({ length: 10 }, () => ({ values: Array.from({ length: 10 }, () => ({})) }));
  const update = exchange('POST', `${SHEETS}:batchUpdate`, {
    requests: [
      { updateCells: { rows } },
      { duplicateSheet: {} },
      {
        copyPaste: {
          destination: { startRowIndex: 5, endRowIndex: 105, startColumnIndex: 0, endColumnIndex: 10 },
        },
      },
      { pasteData: { data: 'a\tb\nc\td' } },
    ],
  });
  const cost = roundCost('fetchAll', [update]);
  expect(cost.published).toBeCloseTo(0.2 + 100 * 300e-6 + 4 * 35e-6);
  expect(cost.assumed).toBeCloseTo(1 + 1_000 * 75e-6);
  expect(seconds(cost, 2)).toBeCloseTo(cost.published + 2 * cost.assumed);
});

test('bytes that come back cost a quarter of a second a megabyte', () => {
  const big = exchange('POST', DYNAMODB, '{}', 'x'.repeat(2 * 1024 * 1024));
  expect(seconds(roundCost('fetch', [big]), 1)).toBeCloseTo(0.4 + 0.02 + 0.5);
});

test('mail and files have their own figures', () => {
  const one = (method: string, url: string, body: unknown = null) =>
    seconds(roundCost('fetch', [exchange(method, url, body)]), 1) - 0.4;
  expect(one('GET', 'https://gmail.googleapis.com/gmail/v1/users/me/messages/1?format=full')).toBeCloseTo(
    0.11,
  );
  expect(one('POST', 'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send', 'x')).toBeCloseTo(
    1.2,
  );
  expect(
    one('POST', 'https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart', 'x'),
  ).toBeCloseTo(1);
  expect(one('GET', 'https://www.googleapis.com/drive/v3/files?q=x')).toBeCloseTo(0.3);
  const parts = Array.from({ length: 51 }, () => '--b\r\nContent-Type: application/http\r\n\r\n').join('');
  expect(one('POST', 'https://gmail.googleapis.com/batch/gmail/v1', parts)).toBeCloseTo(2);
});

test('a stalled round costs a minute, an unreachable host the overhead', () => {
  expect(seconds(failedRoundCost('fetchAll', 'stall'), 1)).toBe(60);
  expect(seconds(failedRoundCost('fetchAll', 'unreachable'), 1)).toBe(0.5);
});

test('a lock is the only assumed figure among the small calls', () => {
  expect(hostCallCost('lock')).toEqual({ published: 0, assumed: 0.1 });
  expect(hostCallCost('property-read')).toEqual({ published: 0.03, assumed: 0 });
  expect(hostCallCost('property-write')).toEqual({ published: 0.062, assumed: 0 });
});
