import fc from 'fast-check';
import type { Approval } from '../../src/run/approval.ts';
import {
  approvalEntry,
  approvalKey,
  approve,
  CERTIFICATION,
  noApprovalEntry,
  readApproval,
  signedAutomatically,
  signedBy,
  typedName,
  voidApprovalEntry,
  wasVoided,
  withApproval,
} from '../../src/run/approval.ts';
import type { Part } from '../../src/run/approval-parts.ts';
import { PARTS } from '../../src/run/approval-parts.ts';
import { certificationQuestion } from '../../src/run/certification-question.ts';
import { approvalVoid, changedSince } from '../../src/run/changed-since.ts';
import { emptyReport } from '../../src/run/report.ts';
import type { FindingDraft } from '../../src/statement/findings.ts';
import { makeFinding } from '../../src/statement/findings.ts';
import { sha256Hex } from '../../src/statement/fingerprint.ts';
import { printsApproval } from '../../src/statement/template.ts';
import { template } from '../statement/grids.ts';
import { charter, readable, TOM, unreadable } from '../statement/samples.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import type { MonthChanges } from './approved-month.ts';
import { CHARTERS, collectedMonth, SETTINGS } from './approved-month.ts';

const FILE = { bytes: Uint8Array.from([80, 75, 3, 4]), createdIso: '2026-06-01T10:00:00.000Z' };
const SHA256 = sha256Hex(FILE.bytes);
const DANA = signedBy('Dana Reyes', 'dana@blueheron.example');

/** As it comes back from the document's properties. */
function kept(approval: Approval): Approval {
  const read = readApproval(fakeHost(), approvalEntry(approval), approval.month, approval.version);
  if (read === null) throw new Error('the approval is lost');
  return read;
}

/** What has changed, when this was approved and that is there now. */
const changed = (before: MonthChanges, now: MonthChanges, madeSha256: string | null = SHA256) =>
  changedSince(kept(approve(collectedMonth(before), FILE, DANA, NOW_MS)), collectedMonth(now), madeSha256);

test('an approval keeps who, what, when and the very sentence', () => {
  const approval = kept(approve(collectedMonth(), FILE, DANA, NOW_MS));
  expect(approval).toMatchObject({
    month: '2026-05',
    version: 1,
    sha256: SHA256,
    preparedBy: 'nora@blueheron.example',
    approvedBy: 'Dana Reyes',
    account: 'dana@blueheron.example',
    certification: CERTIFICATION,
    at: '2026-06-01T10:00:00.000Z',
    on: '2026-06-01',
    asOf: '2026-06-01 06:00',
    createdIso: FILE.createdIso,
    figures: { charters: 2, reportableCents: 250_000, recordedCents: 250_000 },
    recipients: ['grace@partner.example'],
  });
  expect(Object.keys(approval.parts).sort()).toEqual([...PARTS].sort());
});

test('the same month, read again, is still approved', () => {
  expect(changed({}, {})).toEqual([]);
  expect(changed({}, {}, null)).toEqual([]);
  const later = { input: { asOf: '2026-06-03 09:00', today: '2026-06-03' } };
  expect(changed({}, later)).toEqual([]);
});

test('the order in which things were read, words of findings and links do not matter', () => {
  const crew = [charter({ crewIds: ['cr-tom', 'cr-ann'] }), ...CHARTERS.slice(1)];
  const asRead = [charter({ crewIds: ['cr-ann', 'cr-tom'] }), ...CHARTERS.slice(1)].reverse();
  const roster = new Map([
    [TOM.id, TOM],
    ['cr-ann', { ...TOM, id: 'cr-ann', name: 'Ann' }],
  ]);
  expect(changed({ charters: crew, input: { roster } }, { charters: asRead, input: { roster } })).toEqual([]);
});

const NEW_FINDING: FindingDraft = { code: 'crew-unknown', charterId: 'c-1', message: 'Who is cr-9?' };

/** One change of each kind, the part that it is told as, and words that name it. */
const CHANGES: readonly (readonly [what: string, part: Part, now: MonthChanges, words: RegExp])[] = [
  [
    'a charter with a guest less',
    'charters',
    { charters: [charter({ guests: 9, recordedCents: 112_500 }), ...CHARTERS.slice(1)] },
    /^The charters have changed \(c-1\): reportable revenue was \$2,500\.00, is \$2,375\.00$/,
  ],
  ['a charter gone', 'charters', { charters: CHARTERS.slice(1) }, /was \$2,500\.00, is \$1,250\.00/],
  [
    'a note of a charter',
    'charters',
    {
      charters: [
        CHARTERS[0] ?? charter(),
        charter({ id: 'c-2', date: '2026-05-15', crewIds: [], noShows: 1 }),
      ],
    },
    /^The charters have changed \(c-2\)$/,
  ],
  [
    'an item that can’t be read',
    'charters',
    { input: { readings: [...readable(...CHARTERS), unreadable({ date: null, month: null })] } },
    /c-bad/,
  ],
  [
    'a name in the roster',
    'charters',
    { input: { roster: new Map([[TOM.id, { ...TOM, name: 'Thomas Reyes' }]]) } },
    /^The charters have changed/,
  ],
  [
    'an adjustment',
    'adjustments',
    {
      input: {
        adjustments: [
          {
            month: '2026-05',
            kind: 'refund',
            charterId: 'c-1',
            cents: 100,
            reason: 'r',
            who: 'w',
            link: '',
            cell: 'A2',
          },
        ],
      },
    },
    /“Purser adjustments”/,
  ],
  [
    'a rate',
    'rates',
    { input: { rates: [{ from: '2026-05-01', vessel: 'Osprey', rateCents: 9900, note: '', cell: 'A2' }] } },
    /“Purser rates”/,
  ],
  [
    'a setting',
    'settings',
    { settings: [...SETTINGS.slice(0, 2), ['Statement day', '2']] },
    /^Settings have changed \(“Statement day”\)$/,
  ],
  ['a setting emptied', 'settings', { settings: SETTINGS.slice(0, 2) }, /^Setting rows have changed$/],
  [
    'the Template',
    'template',
    { template: template([['{{month}}!'], ['{{charter.id}}', '{{charter.reportable}}']]) },
    /^The Template “Template” has changed$/,
  ],
  ['the month’s tab, edited', 'tab', { isEdited: true }, /^The tab “May 2026” was edited$/],
  ['the month’s tab, gone', 'tab', { isPosted: false }, /^The tab “May 2026” is no longer there$/],
  ['the month’s tab, renamed', 'tab', { monthTitle: 'Mai' }, /^The tab “Mai” had another name$/],
  [
    'recipients',
    'recipients',
    { to: ['ada@partner.example'] },
    /^Recipients: new ada@partner\.example, no longer grace@partner\.example$/,
  ],
  ['a recipient in Cc', 'recipients', { to: [], cc: ['grace@partner.example'] }, /how it is addressed/],
  [
    'the mailbox that it goes from',
    'recipients',
    { sender: { transport: 'account:1', account: 'office@blueheron.example' } },
    /^The mailbox/,
  ],
  ['the subject', 'subject-and-file', { subject: 'Statement' }, /now “Statement”$/],
  ['the company', 'subject-and-file', { input: { company: 'Osprey Tours' } }, /company/],
  [
    'the month before',
    'comparison',
    {
      input: {
        comparison: {
          prior: { month: '2026-04', charters: 1, paying: 9, reportableCents: 250_001, source: 'register' },
          lastYear: null,
        },
      },
    },
    /compared with/,
  ],
  [
    'what the second region says',
    'regions',
    {
      input: {
        regions: {
          primary: { region: 'us-east-1', answered: true, problem: null },
          second: null,
          differences: [],
        },
      },
    },
    /^The regions answer differently/,
  ],
  [
    'one more warning',
    'findings',
    { input: { noticed: [NEW_FINDING] } },
    /^There is a new finding, crew-unknown: Who is cr-9\?$/,
  ],
];

test.each(CHANGES)('voids it and is named: %s', (_what, part, now, words) => {
  const changes = changed({}, now, null);
  const told = changes.find((change) => change.part === part);
  expect(told?.words).toMatch(words);
});

test('whatever of these changes together, each is told, and nothing else', () => {
  const alone = new Map(CHANGES.map(([, part, now]) => [part, now]));
  const single = [...alone].filter(([part]) => part !== 'charters' && part !== 'tab');
  fc.assert(
    fc.property(fc.subarray(single), (some) => {
      const now = {
        ...Object.fromEntries(some.flatMap(([, one]) => Object.entries(one))),
        input: Object.fromEntries(some.flatMap(([, one]) => Object.entries(one.input ?? {}))),
      };
      const parts = new Set(changed({}, now, null).map((change) => change.part));
      for (const [part] of some) expect(parts).toContain(part);
      if (some.length === 0) expect(parts.size).toBe(0);
    }),
  );
});

test('figures of other months void it when they change, and not because this month’s have', () => {
  const comparedWith = (reportableCents: number): NonNullable<MonthChanges['input']> => ({
    comparison: {
      prior: { month: '2026-04', charters: 2, paying: 20, reportableCents, source: 'register' },
      lastYear: null,
    },
  });
  const before = { input: comparedWith(200_000) };
  const parts = (now: MonthChanges) => changed(before, now).map(({ part }) => part);
  expect(parts({ ...before, charters: CHARTERS.slice(1) })).toEqual(['charters']);
  expect(parts({ input: comparedWith(200_001) })).toEqual(['comparison']);
});

test('a built-in mailbox of somebody else voids it; who else runs it with a connected account does not', () => {
  const words = changed({}, { self: 'kim@blueheron.example' });
  expect(words).toMatchObject([
    { part: 'recipients', words: expect.stringMatching(/^The mailbox that it goes from/) },
  ]);
  const sender = { transport: 'account:107', account: 'office@blueheron.example' };
  expect(changed({ sender }, { sender, self: 'kim@blueheron.example' })).toEqual([]);
});

test('what became of revenue is told once, beside the first cause', () => {
  const now = {
    charters: [charter({ guests: 9, recordedCents: 112_500 }), ...CHARTERS.slice(1)],
    settings: SETTINGS.slice(0, 2),
  };
  const words = changed({}, now).map((change) => change.words);
  expect(words).toHaveLength(2);
  expect(words.filter((one) => one.includes('$2,375.00'))).toEqual([words[0]]);
});

test('any other figure of a charter than was approved is told', () => {
  const cents = fc.option(fc.nat(500_000), { nil: null });
  const change = fc.record(
    {
      guests: fc.integer({ min: 0, max: 60 }),
      comps: fc.nat(5),
      recordedCents: fc.nat(500_000),
      discountCents: cents,
      refundCents: cents,
      taxCents: cents,
      departs: fc.constantFrom('09:00', '17:30'),
      compNotes: fc.string(),
      bookingRefs: fc.array(fc.constantFrom('HB-1', 'HB-2'), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(change, (some) => {
      const [first = charter(), ...others] = CHARTERS;
      const now = { ...first, ...some };
      const isSame = JSON.stringify(now) === JSON.stringify(first);
      expect(changed({}, { charters: [now, ...others] }).some(({ part }) => part === 'charters')).toBe(
        !isSame,
      );
    }),
  );
});

test('charters of another month, findings that are gone, accepted or only worth knowing, change nothing', () => {
  const june = charter({ id: 'c-june', month: '2026-06', date: '2026-06-02' });
  expect(changed({}, { charters: [...CHARTERS, june] })).toEqual([]);
  expect(changed({ input: { noticed: [NEW_FINDING] } }, {})).toEqual([]);
  expect(changed({}, { input: { noticed: [{ ...NEW_FINDING, severity: 'info' }] } })).toEqual([]);
  const other = { ...NEW_FINDING, message: 'In other words' };
  expect(changed({ input: { noticed: [NEW_FINDING] } }, { input: { noticed: [other] } })).toEqual([]);
  const collected = collectedMonth();
  const accepted = {
    ...makeFinding(NEW_FINDING, {}),
    accepted: { reason: 'She is new', who: 'Dana', on: '' },
  };
  const now = { ...collected, calculation: { ...collected.calculation, findings: [accepted] } };
  expect(changedSince(approve(collectedMonth(), FILE, DANA, NOW_MS), now, SHA256)).toEqual([]);
});

test('a finding of another amount, of another charter, or a second one like it is a new one', () => {
  const before = { input: { noticed: [{ ...NEW_FINDING, cents: 100 }] } };
  for (const noticed of [
    [{ ...NEW_FINDING, cents: 200 }],
    [{ ...NEW_FINDING, cents: 100, charterId: 'c-2' }],
    [{ ...NEW_FINDING, cents: 100, severity: 'block' as const }],
    [
      { ...NEW_FINDING, cents: 100 },
      { ...NEW_FINDING, cents: 100 },
    ],
  ]) {
    expect(changed(before, { input: { noticed } }).map(({ part }) => part)).toEqual(['findings']);
  }
});

test('other bytes than were approved are told even when nothing that they are made of has changed', () => {
  expect(changed({}, {}, 'cd'.repeat(32))).toEqual([
    {
      part: 'file',
      words: expect.stringMatching(/SHA-256 was [0-9a-f]{12}, is cdcdcdcdcdcd$/),
    },
  ]);
});

test('what Purser itself writes into the settings changes nothing', () => {
  expect(changed({}, { settings: [...SETTINGS, ['Workbook', 'id-1']] })).toEqual([]);
});

test('a void approval says what was approved, what changed, who, and what to do', () => {
  const approval = approve(collectedMonth(), FILE, DANA, NOW_MS);
  const changes = changedSince(approval, collectedMonth({ isEdited: true, subject: 'S' }), SHA256);
  const error = approvalVoid(approval, changes, 'The workbook was last edited by Ada.');
  expect(error).toMatchObject({
    code: 'approval-void',
    data: { parts: 'subject-and-file tab' },
    what: `Dana Reyes approved the statement ${approval.code} on June 1, 2026; what was approved has changed since, so it was not sent. Subject, file name, company or code have changed: now “S”. The tab “May 2026” was edited. The workbook was last edited by Ada.`,
  });
  expect(error.now).toContain('approve');
});

describe('kept in a property', () => {
  const many = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => `${'x'.repeat(length)}${index}@partner.example`);
  const charters = Array.from({ length: 300 }, (_, index) =>
    charter({ id: `c-${index}`, departs: `${10 + (index % 12)}:${10 + Math.floor(index / 12)}` }),
  );
  const bytesOf = (approval: Approval) =>
    Buffer.byteLength(approvalEntry(approval)[approvalKey(approval.month, approval.version)] ?? '');

  test.each([
    [2, 2, 8],
    [150, 50, 12],
    [300, 50, 60],
    [300, 200, 200],
  ])('%i charters and %i recipients of long addresses take less than 4 KB', (count, recipients, length) => {
    const month = collectedMonth({
      charters: charters.slice(0, count),
      to: many(recipients, length),
      settings: Array.from({ length: 90 }, (_, index) => [`Setting ${index}`, index]),
    });
    const approval = approve(month, FILE, signedBy('Ω'.repeat(100), 'dana@blueheron.example'), NOW_MS);
    expect(bytesOf(approval)).toBeLessThanOrEqual(4000);
    const known = kept(approval);
    expect(known.parts).toEqual(approval.parts);
    expect(changedSince(known, month, SHA256)).toEqual([]);
  });

  test('too much to keep is still noticed, if not named', () => {
    const before = {
      charters,
      to: many(200, 200),
      input: {
        noticed: Array.from({ length: 200 }, (_, index) => ({ ...NEW_FINDING, charterId: `c-${index}` })),
      },
    };
    const approval = kept(approve(collectedMonth(before), FILE, DANA, NOW_MS));
    const told = (now: MonthChanges) => changedSince(approval, collectedMonth(now), SHA256);
    expect(told(before)).toEqual([]);
    expect(told({ ...before, charters: charters.slice(1) }).map(({ part }) => part)).toContain('charters');
    expect(told({ ...before, to: many(199, 200) }).map(({ part }) => part)).toEqual(['recipients']);
    expect(told({ ...before, input: { noticed: [NEW_FINDING] } }).map(({ part }) => part)).toEqual([
      'findings',
    ]);
  });

  test('50 recipients are kept by name', () => {
    const to = many(50, 12);
    const approval = approve(collectedMonth({ charters, to }), FILE, DANA, NOW_MS);
    expect(kept(approval).recipients).toEqual(to);
  });

  test.each([
    ['nothing', undefined],
    ['one that was taken back', '{}'],
    ['one that is void', voidApprovalEntry('2026-05', 1)[approvalKey('2026-05', 1)]],
  ])('%s approves nothing, without a word', (_what, json) => {
    const host = fakeHost();
    const properties = json === undefined ? {} : { [approvalKey('2026-05', 1)]: json };
    expect(readApproval(host, properties, '2026-05', 1)).toBeNull();
    expect(host.logged).toEqual([]);
  });

  test('one that is broken, of another shape or of another month approves nothing, and is logged', () => {
    const approval = approve(collectedMonth(), FILE, DANA, NOW_MS);
    const { sha256: _sha256, ...less } = approval;
    for (const json of [
      '{"schema":1',
      'null',
      '[]',
      JSON.stringify({ ...approval, schema: 2 }),
      JSON.stringify(less),
      JSON.stringify({ ...approval, parts: { charters: '1' } }),
      JSON.stringify({ ...approval, month: '2026-04' }),
    ]) {
      const host = fakeHost();
      expect(readApproval(host, { [approvalKey('2026-05', 1)]: json }, '2026-05', 1)).toBeNull();
      expect(host.logged).toEqual([{ event: 'approval-unreadable', key: 'approval.2026-05.V1' }]);
    }
  });

  test('one that is void is remembered as void, until there is another or it has done its work', () => {
    const approval = approvalEntry(approve(collectedMonth(), FILE, DANA, NOW_MS));
    const isVoid = (entries: Readonly<Record<string, string>>) => wasVoided(entries, '2026-05', 1);
    expect(isVoid(voidApprovalEntry('2026-05', 1))).toBe(true);
    expect(isVoid({ ...voidApprovalEntry('2026-05', 1), ...approval })).toBe(false);
    expect(isVoid(noApprovalEntry('2026-05', 1))).toBe(false);
    expect(isVoid(voidApprovalEntry('2026-05', 2))).toBe(false);
    expect(isVoid({})).toBe(false);
  });

  test('one that is taken back is gone', () => {
    const entries = {
      ...approvalEntry(approve(collectedMonth(), FILE, DANA, NOW_MS)),
      ...noApprovalEntry('2026-05', 1),
    };
    expect(readApproval(fakeHost(), entries, '2026-05', 1)).toBeNull();
  });
});

test('the statement carries its approval, for the Template to print', () => {
  const collected = collectedMonth();
  const approved = withApproval(collected, approve(collected, FILE, DANA, NOW_MS));
  const printed = {
    by: 'Dana Reyes',
    on: '2026-06-01',
    certification: CERTIFICATION,
    preparedBy: 'nora@blueheron.example',
    account: 'dana@blueheron.example',
    sha256: SHA256,
  };
  expect(approved.calculation.statement).toEqual({ ...collected.calculation.statement, approval: printed });
  expect(approved.input.approval).toEqual(printed);
});

test('a Template prints approvals when any cell of it asks for one', () => {
  const rows = (cell: string) => template([['{{charter.id}}'], [cell]]);
  expect(printsApproval(rows('{{total.reportable}}'))).toBe(false);
  expect(printsApproval(rows('Approved by {{ Approved.By }}'))).toBe(true);
  expect(printsApproval(rows('{{approved.on}}'))).toBe(true);
});

test('the clock signs as Purser, and certifies nothing', () => {
  const approval = approve(collectedMonth(), FILE, signedAutomatically('nora@blueheron.example'), NOW_MS);
  expect(approval.approvedBy).toBe('Purser, by itself');
  expect(approval.certification).not.toContain('certify');
});

test.each([
  [null, null],
  ['', null],
  [' \n ', null],
  [' Dana  Reyes ', 'Dana Reyes'],
  ['Dana\nReyes', 'Dana Reyes'],
  ['x'.repeat(300), `${'x'.repeat(100)}…`],
])('a name is what was typed, on one line: %j', (answer, name) => {
  const typed = typedName(answer);
  if (name === null) expect(typed).toBeNull();
  else expect(typed?.replace(/ +/g, ' ').slice(0, 20)).toBe(name.slice(0, 20));
  expect(typed?.includes('\n') ?? false).toBe(false);
});

test('who is asked to certify sees figures, recipients, findings, the file and its hash', () => {
  const { statement } = collectedMonth().calculation;
  const finding = makeFinding(NEW_FINDING, {});
  const report = {
    ...emptyReport('2026-05'),
    currency: 'USD',
    totals: statement.totals,
    findings: Array.from({ length: 14 }, () => finding),
    to: ['grace@partner.example'],
    cc: ['ada@partner.example'],
    subject: 'Statement, May 2026',
    fileName: 'statement-2026-05.xlsx',
    sha256: 'ab12'.repeat(16),
    voided: 'Dana approved it before.',
  };
  const question = certificationQuestion(report);
  for (const words of [
    'Dana approved it before.',
    'Reportable revenue: $2,500.00',
    'To: grace@partner.example',
    'Cc: ada@partner.example',
    'Subject: Statement, May 2026',
    'File: statement-2026-05.xlsx, SHA-256 ab12ab12ab12\n',
    'Who is cr-9?',
    '… and 2 more',
    '“I certify that this statement is true, correct and complete.”',
    'Type your name',
  ])
    expect(question).toContain(words);
  const plain = certificationQuestion({ ...report, voided: null, findings: [], cc: [] });
  expect(plain).not.toMatch(/Cc:|more|before/);
});
