/** Findings as the sidebar shows them, with what people have accepted since. */
import type { Facts } from '../../src/addon/sidebar/facts.ts';
import { findingsOf, findingViews, readFindingKey } from '../../src/addon/sidebar/findings-view.ts';
import type { Standing } from '../../src/addon/sidebar/standing.ts';
import type { AcceptedFinding } from '../../src/statement/accepted.ts';
import type { Finding } from '../../src/statement/findings.ts';

const unknown: Finding = {
  code: 'crew-unknown',
  severity: 'warn',
  charterId: 'C-1',
  cents: null,
  message: 'Nobody knows cr-9.',
  links: [],
};
const accepted = { reason: 'A guest skipper', who: 'Dana', on: '' };
const row: AcceptedFinding = {
  month: '2026-05',
  code: 'crew-unknown',
  about: 'C-1',
  cents: null,
  cell: 'A2',
  ...accepted,
};

/** @returns for each finding whether it is accepted by now */
function shown(findings: readonly Finding[], rows: readonly AcceptedFinding[]): boolean[] {
  const facts = { glance: { accepted: rows, audit: { postedAt: null, findings }, settings: null } };
  const standing = { month: '2026-05', look: null, line: null };
  const found = findingsOf(facts as unknown as Facts, standing as unknown as Standing);
  return findingViews(found).map((view) => view.accepted !== null);
}

it('a row accepts one finding, not its twin as well', () => {
  expect(shown([unknown, unknown], [row])).toEqual([false, true]);
  expect(shown([unknown, { ...unknown, accepted }], [row])).toEqual([false, true]);
  expect(shown([unknown, { ...unknown, accepted }], [row, row])).toEqual([true, true]);
});

it('a row of another month, charter or amount accepts nothing', () => {
  for (const other of [{ month: '2026-04' }, { about: 'C-2' }, { cents: 100 }])
    expect(shown([unknown], [{ ...row, ...other }])).toEqual([false]);
});

it('a key says which finding it is, and how many like it were accepted when it was shown', () => {
  const [open, done] = findingViews([unknown, { ...unknown, accepted }]);
  expect(readFindingKey(open?.key ?? '')).toEqual({
    key: { code: 'crew-unknown', about: 'C-1', cents: null },
    before: 1,
  });
  expect(open).toMatchObject({ mayAccept: true, accepted: null });
  expect(done?.accepted).toEqual({ by: 'Dana', reason: 'A guest skipper' });
});

it('what no reason makes right says so', () => {
  const [edited] = findingViews([{ ...unknown, code: 'tab-edited' }]);
  expect(edited?.mayAccept).toBe(false);
});
