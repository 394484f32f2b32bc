import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import type { Proof } from '../../src/run/proof.ts';
import { proofBytes, proofOf } from '../../src/run/proof.ts';
import { rebuild } from '../../src/run/rebuild.ts';
import { statementFile } from '../../src/run/statement-file.ts';
import type { LedgerItems } from '../../src/sources/ledger.ts';
import type { Json } from '../../src/statement/fingerprint.ts';
import { canonicalJson, sha256Hex } from '../../src/statement/fingerprint.ts';
import type { GridCell } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { APPROVAL } from '../statement/samples.ts';
import { errorOf } from '../tools/fake-host.ts';
import type { Evidence } from './proven-month.ts';
import { evidenceOf, items, ledgerItems, provenMonth } from './proven-month.ts';

/** With its checksum made anew, as somebody does who knows how. */
function resealed(evidence: Evidence): Evidence {
  return { ...evidence, sha256: sha256Hex(canonicalJson(evidence.content as Json)) };
}

/** Changes the first text that matches anywhere in the content. */
function altered(evidence: Evidence, from: string | RegExp, to: string): Evidence {
  const text = JSON.stringify(evidence.content);
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`Nothing there is ${String(from)}.`);
  return { ...evidence, content: JSON.parse(changed) as Evidence['content'] };
}

describe('from the evidence file', () => {
  test('the same statement, findings and file come again, byte for byte', () => {
    const source = provenMonth(ledgerItems(12));
    const again = rebuild(evidenceOf(source));
    expect(again.statement).toEqual(source.calculation.statement);
    expect(again.findings).toEqual(source.calculation.findings);
    expect(Buffer.from(again.xlsx).equals(Buffer.from(source.file.bytes))).toBe(true);
  });

  test('an approved statement comes again with its approval, printed where the Template asks', () => {
    const house = houseTemplate('Template', 'USD');
    const signature: GridCell = {
      input: { kind: 'text', text: '{{approved.by}}, {{approved.on}}' },
      format: {},
    };
    const reading = readTemplate({ ...house, rows: [...house.rows, [signature]] });
    if (!reading.ok) throw new Error(reading.problems.join(' '));
    const { template } = reading;
    const made = provenMonth(ledgerItems(3), { approval: APPROVAL });
    const { statement } = made.calculation;
    const file = statementFile(
      statement,
      makeSheetPlan(template, statement, made.monthTitle),
      () => null,
      made.file.createdIso,
    );
    const again = rebuild(evidenceOf({ ...made, template, file }));
    expect(again.statement.approval).toEqual(APPROVAL);
    expect(Buffer.from(again.xlsx).equals(Buffer.from(file.bytes))).toBe(true);
    const shown = Object.values(unzipSync(again.xlsx))
      .map((part) => strFromU8(part))
      .join('');
    expect(shown).toContain('Dana Reyes, June 1, 2026');
  });

  test('an evidence file of before there were approvals is read as nobody’s', () => {
    const evidence = evidenceOf(provenMonth(ledgerItems(2)));
    expect(evidence.content.input).not.toHaveProperty('approval');
    expect(rebuild(evidence).statement.approval).toBeNull();
  });

  test('an accepted finding comes again with who accepted it and why', () => {
    const items = ledgerItems(6);
    const [found] = provenMonth(items, { standardRateCents: 12_600 }).calculation.findings;
    if (found === undefined) throw new Error('nothing found');
    const { code, charterId: about, cents } = found;
    const row = { month: '2026-05', reason: 'Agreed', who: 'Dana', on: '2026-06-02', cell: 'A2' };
    const source = provenMonth(items, {
      standardRateCents: 12_600,
      accepted: [{ ...row, code, about, cents }],
    });
    const again = rebuild(evidenceOf(source));
    expect(again.findings.at(-1)).toMatchObject({ code, accepted: { who: 'Dana', reason: 'Agreed' } });
    expect(again.findings).toEqual(source.calculation.findings);
    expect(JSON.stringify(again.registerRow)).toContain(`${code} accepted`);
  });

  test('an evidence file of before findings could be accepted is read as with none', () => {
    const evidence = evidenceOf(provenMonth(ledgerItems(2)));
    const { accepted, ...input } = evidence.content.input as { accepted: unknown };
    expect(accepted).toEqual([]);
    const old = resealed({ ...evidence, content: { ...evidence.content, input } } as Evidence);
    expect(rebuild(old).findings).toEqual(rebuild(evidence).findings);
  });

  test('a month that carries corrections comes again', () => {
    const adjustments = [
      {
        month: '2026-05',
        kind: 'correction',
        charterId: 'BH-2026-04-003',
        cents: -12_500,
        reason: 'guests 8 → 7',
        who: 'Nora',
        link: '',
        cell: "'Purser adjustments'!A2",
      },
    ] as const;
    const source = provenMonth(ledgerItems(3), { adjustments });
    const again = rebuild(evidenceOf(source));
    expect(again.statement).toEqual(source.calculation.statement);
    expect(again.statement.totals.carriedCents).toBe(-12_500);
  });

  test('findings come again with the links that they had', () => {
    const ledger = ledgerItems(4);
    const source = provenMonth(ledger, {
      noticed: [
        {
          code: 'stale-month',
          charterId: 'x',
          message: 'Noticed.',
          links: [{ label: 'a', url: 'https://a' }],
        },
      ],
      // No witness saw the month: every charter lacks its booking and its sheet.
      witnesses: {
        asked: { bookings: true, tripSheets: true },
        tolerances: {
          guests: 0,
          amountCents: 0,
          compsPerCharter: 2,
          rateOutlierPercent: 60,
          minutesBetweenDepartures: 60,
        },
        dayOf: (instant) => instant.slice(0, 10),
        bookings: [],
        tripSheets: [],
      },
    });
    const again = rebuild(evidenceOf(source));
    expect(again.findings.length).toBeGreaterThan(4);
    expect(again.findings.flatMap(({ links }) => links).length).toBeGreaterThan(8);
    expect(again.findings).toEqual(source.calculation.findings);
  });

  test('the register row comes again: of a sent statement in full, else without what nobody knew then', () => {
    const source = provenMonth(ledgerItems(3));
    const sent = {
      sentAt: '2026-06-01 06:00',
      to: 'grace@partner.example',
      fileUrl: 'https://drive.google.com/file/d/f/view',
      messageUrl: 'https://mail.google.com/mail/u/0/#sent/m',
    };
    const { totals, code, fingerprint } = source.calculation.statement;
    const row = (status: string, ...last: readonly string[]) => [
      '2026-05',
      1,
      status,
      totals.charters,
      totals.guests,
      totals.comps,
      totals.paying,
      totals.reportableCents / 100,
      totals.recordedCents / 100,
      totals.differenceCents / 100,
      code,
      fingerprint.slice(0, 12),
      '2026-06-01 06:00',
      ...last,
    ];
    const findings = String(rebuild(evidenceOf(source)).registerRow[17]);
    expect(rebuild(evidenceOf({ ...source, sent })).registerRow).toEqual(
      row('sent', sent.sentAt, sent.to, sent.fileUrl, sent.messageUrl, findings),
    );
    expect(rebuild(evidenceOf(source)).registerRow).toEqual(row('ready', '', '', '', '', findings));
  });

  test('items of a primary that did not answer come from the second region', () => {
    const { primary } = ledgerItems(5);
    const source = provenMonth({ primary: null, second: primary, lost: [] });
    expect(rebuild(evidenceOf(source)).statement.lines.map(({ id }) => id)).toEqual(
      source.calculation.statement.lines.map(({ id }) => id),
    );
  });

  test('each region’s items come exactly, the second’s kept only where they differ', () => {
    const ledger = ledgerItems(40);
    const second = {
      charters: (ledger.primary?.charters ?? []).map((item, index) =>
        index === 7 ? { ...item, revenueTotal: { N: '1.01' } } : item,
      ),
      roster: ledger.primary?.roster ?? [],
    };
    const { items: kept } = evidenceOf(provenMonth({ ...ledger, second })).content as unknown as Proof;
    expect(kept.primary).toEqual(ledger.primary);
    expect(kept.second).toEqual({
      charters: [[0, 7], second.charters[7], [8, 32]],
      roster: [[0, second.roster.length]],
    });
  });

  test('any names at all come again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        '$map',
        '=1+1',
        '__proto__',
        '{{charter.id}}',
        '\u0000',
        '\ud83d',
        '𝒪',
        '"},"sha256":"',
      ),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (vessels, company) => {
        const charters = vessels.map((vessel, index) => ({
          charterId: { S: `c-${index}${vessel}` },
          month: { S: '2026-05' },
          date: { S: `2026-05-1${index}` },
          departs: { S: '17:30' },
          vessel: { S: vessel },
          kind: { S: 'public' },
          status: { S: 'completed' },
          guests: { N: '2' },
          comps: { N: '0' },
          revenueTotal: { N: '250' },
          $odd: { M: { [vessel]: { S: company } } },
        }));
        const ledger: LedgerItems = { primary: { charters, roster: [] }, second: null, lost: [] };
        const source = provenMonth(ledger, { company, witnesses: null });
        const again = rebuild(evidenceOf(source));
        expect(again.statement).toEqual(source.calculation.statement);
        expect(Buffer.from(again.xlsx).equals(Buffer.from(source.file.bytes))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the file itself', () => {
  test('is the same for the same month, dated by the run', () => {
    const source = provenMonth(ledgerItems(3));
    const bytes = proofBytes(proofOf(source));
    expect(Buffer.from(proofBytes(proofOf(provenMonth(ledgerItems(3)))))).toEqual(Buffer.from(bytes));
    // RFC 1952: MTIME, seconds since 1970, little-endian
    expect(Buffer.from(bytes).readUInt32LE(4) * 1000).toBe(Date.parse('2026-06-01T10:00:00Z'));
  });

  test('holds the settings as they were typed, and nothing that stands beside them', () => {
    expect(evidenceOf(provenMonth(ledgerItems(1))).content.settings).toEqual([
      ['Company', 'Heron Charters'],
      ['Standard rate', 125],
    ]);
  });

  test('of 300 charters with their mail and trip sheets has less than 100 KB', () => {
    const source = provenMonth(ledgerItems(300));
    expect(source.calculation.statement.lines).toHaveLength(300);
    expect(proofBytes(proofOf(source)).length).toBeLessThan(100_000);
  });

  test('a new kind of input that it can’t hold is a defect, not a loss', () => {
    const source = provenMonth(ledgerItems(1), { unheardOf: () => 1 } as object);
    expect(() => proofBytes(proofOf(source))).toThrow(TypeError);
  });
});

describe('a change of the file is noticed', () => {
  const evidence = evidenceOf(provenMonth(ledgerItems(6)));
  const refusal = (changed: unknown) => errorOf(() => rebuild(changed));

  test.each([
    ['a cent in an item', /("revenueTotal":\{"N":"\d+)/, '$1.01'],
    ['a cent in a booking', /"amountCents":(\d)/, '"amountCents":9$1'],
    ['a trip sheet’s checksum', 'abab', 'abac'],
    ['the mail’s subject', '"subject":"Heron', '"subject":"Hero'],
  ])('%s', (_, from, to) => {
    const error = refusal(altered(evidence, from, to));
    expect(error).toMatchObject({ code: 'evidence-differs', kind: 'conflict' });
    expect(error.what).toContain('was changed since Purser wrote it');
  });

  test.each([
    ['a cent in an item', /("revenueTotal":\{"N":"\d+)/, '$1.01', 'fingerprint'],
    ['a guest in an item', /"guests":\{"N":"(\d)/, '"guests":{"N":"1$1', 'fingerprint'],
    ['the standard rate', /"standardRateCents":12500/, '"standardRateCents":12501', 'fingerprint'],
    ['the head of a trip sheet', /"boarded":(\d)/, '"boarded":9$1', 'the findings'],
    ['what the sheet computed', /"computed":\[\[(\d+),(\d+),(\d)/, '"computed":[[$1,$2,9$3', 'SHA-256'],
    ['the Template', '"bold":true', '"bold":false', 'SHA-256'],
    ['the tab’s title', '"tab":"May 2026"', '"tab":"June 2026"', 'SHA-256'],
    ['the workbook', '"workbookId":"workbook-1"', '"workbookId":"workbook-2"', 'statement code'],
  ])('%s, even with the checksum made anew', (_, from, to, what) => {
    const error = refusal(resealed(altered(evidence, from, to)));
    // Nobody can tell that from a Purser that calculates otherwise, so nobody is accused.
    expect(error).toMatchObject({ code: 'evidence-not-reproduced' });
    expect(error.what).toContain(what);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', []],
    ['another JSON', { a: 1 }],
    ['a file of a newer Purser', { ...evidence, schema: 2 }],
    ['a file without its content', resealed({ ...evidence, content: {} })],
    ['a file whose items are no list', resealed(altered(evidence, /"charters":\[/, '"charters":{},"x":['))],
  ])('%s is not read', (_, json) => {
    expect(refusal(json)).toMatchObject({ code: 'evidence-unreadable', kind: 'malformed' });
  });
});

test('items of other words for attributes are read by the words of that run', () => {
  const charters = items(
    [
      {
        charterId: 'c-1',
        month: '2026-05',
        date: '2026-05-10',
        departs: '17:30',
        boat: 'Osprey',
        vessel: 'not this',
        kind: 'public',
        status: 'completed',
        guests: 2,
        comps: 0,
        revenueTotal: 250,
      },
    ],
    'charterId',
  );
  const source = provenMonth({ primary: { charters, roster: [] }, second: null, lost: [] });
  const evidence = evidenceOf(source);
  const { attributes } = evidence.content as unknown as Proof;
  const asked = resealed({
    ...evidence,
    content: {
      ...evidence.content,
      attributes: { ...attributes, charterAttributes: { ...attributes.charterAttributes, vessel: 'boat' } },
    },
  });
  expect(errorOf(() => rebuild(asked)).what).toContain('fingerprint');
});
