import { createHash } from 'node:crypto';
import type { Outcome } from '../../src/clients/exchange.ts';
import { exchange, send } from '../../src/clients/exchange.ts';
import type { DriveFile } from '../../src/clients/google/drive.ts';
import { XLSX_TYPE } from '../../src/clients/google/drive.ts';
import type { Filing } from '../../src/delivery/filing.ts';
import { completeEvidenceCall, filingCall, filingCalls, settleFiling } from '../../src/delivery/filing.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

const BYTES = Uint8Array.from([80, 75, 3, 4, 255]);
const EVIDENCE = Uint8Array.from([31, 139, 8, 0, 254]);
const KEY = 'a1b2c3d4e5';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const statement = sampleStatement();
const FILING: Filing = {
  statement,
  name: 'statement-2026-05.xlsx',
  bytes: BYTES,
  evidence: EVIDENCE,
  folderId: 'y',
  modifiedMs: NOW_MS,
};

function found(id: string, appProperties: Record<string, string>): DriveFile {
  return {
    id,
    name: id,
    mimeType: XLSX_TYPE,
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

/** Metadata and content of a multipart upload. */
function parts(body: unknown): { metadata: Record<string, unknown>; bytes: Buffer } {
  const raw = Buffer.from(body as Uint8Array);
  const [boundary = ''] = /^--[^\r\n]+/.exec(raw.toString('latin1')) ?? [];
  const [, head = '', content = ''] = raw.toString('latin1').split(boundary);
  const after = (part: string): string => part.slice(part.indexOf('\r\n\r\n') + 4, -2);
  return {
    metadata: JSON.parse(Buffer.from(after(head), 'latin1').toString('utf8')) as Record<string, unknown>,
    bytes: Buffer.from(after(content), 'latin1'),
  };
}

/** Drive that keeps what it is sent: `new-0`, `new-1` …; of `spoilt` names it reports that checksum. */
function drive(spoilt: Readonly<Record<string, string>> = {}) {
  return fakeHost({
    answer: ({ method, url, body }, index): Answer => {
      const { metadata, bytes } = parts(body);
      const id = method === 'PATCH' ? (/files\/([^?]+)/.exec(url)?.[1] ?? '') : `new-${index}`;
      const sha256Checksum = spoilt[String(metadata.name)] ?? sha256(bytes);
      return { status: 200, body: { id, name: 'x', mimeType: 'y', sha256Checksum } };
    },
  });
}

const file = (host: ReturnType<typeof drive>, there: readonly DriveFile[] = []) =>
  settleFiling(FILING, there, exchange(host, filingCalls('t', FILING, there)));

describe('statement and evidence', () => {
  test('go up side by side in one round, and are what Drive then has', () => {
    const host = drive();
    expect(file(host)).toEqual({
      statement: {
        id: 'new-0',
        url: 'https://drive.google.com/file/d/new-0/view',
        sha256: sha256(BYTES),
      },
      evidence: {
        id: 'new-1',
        url: 'https://drive.google.com/file/d/new-1/view',
        sha256: sha256(EVIDENCE),
      },
    });
    expect(host.rounds.map((round) => round.map(({ method }) => method))).toEqual([['POST', 'POST']]);
  });

  test('tell their content, and by which code they are found again', () => {
    const host = drive();
    file(host);
    const [first, second] = host.rounds.flat().map(({ body }) => parts(body).metadata);
    const words =
      'Revenue statement of Blue Heron Charters for May 2026, version 1.\n84 completed charters, 1432 guests, 37 comps, 1395 paying.\nReportable $174,213.50, recorded $174,213.50, difference $0.00.\nCode PRSK3QD202605V1, fingerprint 9f2c41d0ab73.';
    expect(first).toEqual({
      name: 'statement-2026-05.xlsx',
      description: words,
      mimeType: XLSX_TYPE,
      modifiedTime: '2026-06-01T10:00:00.000Z',
      appProperties: { purserStatement: 'PRSK3QD202605V1', purserMonth: '2026-05' },
      parents: ['y'],
    });
    expect(second).toEqual({
      name: 'statement-2026-05.evidence.json.gz',
      description: `What statement-2026-05.xlsx was made from: the statement and its register row can be made again from it.\n${words}`,
      mimeType: 'application/gzip',
      modifiedTime: '2026-06-01T10:00:00.000Z',
      appProperties: { purserEvidence: 'PRSK3QD202605V1', purserMonth: '2026-05' },
      parents: ['y'],
    });
  });

  test('of an earlier try are replaced where they are, so that there are no twins', () => {
    const host = drive();
    const there = [
      found('draft', { purserStatement: statement.code }),
      found('twin', { purserStatement: statement.code }),
      found('proof', { purserEvidence: statement.code }),
    ];
    const filed = file(host, there);
    expect([filed.statement.id, filed.evidence.id]).toEqual(['draft', 'proof']);
    for (const { method, body } of host.rounds.flat()) {
      expect(method).toBe('PATCH');
      // developers.google.com/workspace/drive/api/reference/rest/v3/files/update: parents is not writable
      expect(parts(body).metadata).not.toHaveProperty('parents');
    }
  });

  test('of another statement are left alone', () => {
    const host = drive();
    file(host, [
      found('v2', { purserStatement: 'PRSK3QD202605V2' }),
      found('p2', { purserEvidence: 'PRSK3QD202605V2' }),
    ]);
    expect(host.rounds.flat().map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  test.each([
    ['statement-2026-05.xlsx', 'other bytes', 'f'.repeat(64), 'ffffffffffff', BYTES],
    ['statement-2026-05.xlsx', 'no checksum', '', 'none', BYTES],
    ['statement-2026-05.evidence.json.gz', 'other bytes', 'e'.repeat(64), 'eeeeeeeeeeee', EVIDENCE],
  ])('%s is not trusted when Drive reports %s', (name, _, checksum, shown, bytes) => {
    const error = errorOf(() => file(drive({ [name]: checksum })));
    expect(error).toMatchObject({ code: 'file-checksum-differs', kind: 'conflict' });
    expect(error.what).toContain(
      `bytes of ${name} than were sent (checksum ${shown} instead of ${sha256(bytes).slice(0, 12)})`,
    );
  });

  test('a statement without its evidence is not filed well', () => {
    const host = fakeHost({
      answer: ({ body }): Answer =>
        String(parts(body).metadata.name).endsWith('.gz')
          ? { status: 500, body: '' }
          : { status: 200, body: { id: 'a', name: 'x', mimeType: 'y', sha256Checksum: sha256(BYTES) } },
    });
    expect(errorOf(() => file(host))).toMatchObject({ code: 'service-unavailable' });
  });

  test('the evidence is completed in place, and checked again', () => {
    const more = Uint8Array.from([31, 139, 8, 0, 1, 2, 3]);
    const complete = (host: ReturnType<typeof drive>): Outcome<DriveFile> =>
      exchange(host, {
        call: completeEvidenceCall('t', 'proof', { ...FILING, evidence: more }),
      }).call;
    const host = drive();
    expect(complete(host)).toMatchObject({ ok: true, value: { id: 'proof', sha256Checksum: sha256(more) } });
    expect(parts(host.rounds[0]?.[0]?.body).bytes).toEqual(Buffer.from(more));
    expect(complete(drive({ 'statement-2026-05.evidence.json.gz': sha256(EVIDENCE) }))).toMatchObject({
      ok: false,
      error: { code: 'file-checksum-differs' },
    });
  });
});

test('one search looks for all folders and files, without what is in the trash', () => {
  const host = fakeHost({ answer: () => ({ status: 200, body: { files: [] } }) });
  send(host, filingCall('t', KEY, '2026', 'PRSK3QD202605V1'));
  const q = new URL(host.rounds[0]?.[0]?.url ?? '').searchParams.get('q') ?? '';
  const [, wanted = ''] = /^trashed = false and \((.*)\)$/.exec(q) ?? [];
  const has = (key: string, value: string): string =>
    `appProperties has { key='${key}' and value='${value}' }`;
  expect(wanted.split(' or ')).toEqual([
    ...['root', 'reports', 'reports/2026', 'revenue-ledger', 'revenue-ledger/2026'].map((key) =>
      has('purserFolder', `${KEY}/${key}`),
    ),
    ...['purserStatement', 'purserEvidence', 'purserCopy'].map((key) => has(key, 'PRSK3QD202605V1')),
  ]);
});
