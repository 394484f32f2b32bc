/** Findings kept as data in cells come back as they were, whatever is written in them. */
import fc from 'fast-check';
import type { Finding } from '../../src/statement/findings.ts';
import { FINDING_CODES } from '../../src/statement/findings.ts';
import { findingCells, readFindingCells } from '../../src/statement/kept-findings.ts';

const AT = '2026-06-01T10:00:00.000Z';
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('=1+1', '<img src=x>', '\ud800', '\u2028', 'الملاح', '"\\'),
);

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    code: fc.constantFrom(...FINDING_CODES),
    severity: fc.constantFrom('block', 'warn', 'info'),
    charterId: fc.option(text),
    about: text,
    cents: fc.option(fc.integer()),
    message: text,
    links: fc.array(fc.record({ label: text, url: text }), { maxLength: 4 }),
    accepted: fc.record({ reason: text, who: text, on: text }),
  },
  { requiredKeys: ['code', 'severity', 'charterId', 'cents', 'message', 'links'] },
);

it('what is kept is read back, from cells that every spreadsheet can hold and that are no formula', () => {
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 20 }), (findings) => {
      const cells = findingCells(findings, AT);
      for (const cell of cells) expect(cell).toMatch(/^[ -~]{1,30000}$/);
      expect(cells[0]?.startsWith('{')).toBe(true);
      expect(readFindingCells(cells)).toEqual({ postedAt: AT, findings });
    }),
  );
});

it('a text that runs over many cells is put together again', () => {
  const long: Finding = {
    code: 'crew-unknown',
    severity: 'warn',
    charterId: 'C-1',
    cents: null,
    message: 'Ünknown '.repeat(9_000),
    links: [],
  };
  const cells = findingCells([long], AT);
  expect(cells.length).toBeGreaterThan(2);
  expect(readFindingCells(cells)?.findings).toEqual([long]);
});

it('of too many the worst are kept, and the row is never wider than the tab', () => {
  const many = Array.from(
    { length: 5_000 },
    (_, index): Finding => ({
      code: 'crew-unknown',
      severity: 'warn',
      charterId: `C-${index}`,
      cents: null,
      message: 'x'.repeat(200),
      links: [],
    }),
  );
  const cells = findingCells(many, AT);
  expect(cells.length).toBeLessThanOrEqual(15);
  const kept = readFindingCells(cells)?.findings ?? [];
  expect(kept.length).toBeGreaterThan(500);
  expect(kept).toEqual(many.slice(0, kept.length));
});

it.each([[], [''], ['Mine'], ['{"schema":2,"postedAt":"","findings":[]}'], [5, true, null]])(
  'cells into which somebody has written keep nothing: %j',
  (...cells: readonly unknown[]) => {
    expect(readFindingCells(cells)).toBeNull();
  },
);

it('a finding of a kind that this version does not know is left out, the others are read', () => {
  const known = {
    code: 'crew-unknown',
    severity: 'warn',
    charterId: null,
    cents: null,
    message: 'm',
    links: [],
  };
  const json = JSON.stringify({
    schema: 1,
    postedAt: '',
    findings: [{ ...known, code: 'of-tomorrow' }, known, 7],
  });
  expect(readFindingCells([json])).toEqual({ postedAt: null, findings: [known] });
});
