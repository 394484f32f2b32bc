import type { PurserError } from '../../src/host/errors.ts';
import { protectRequests, requireEditable, unprotectRequests } from '../../src/workbook/protect-month.ts';
import type { TabProtection } from '../../src/workbook/tabs.ts';

const TAB = { sheetId: 42, columnCount: 14, title: 'May 2026', index: 1, hidden: false, rowCount: 30 };
const WHY = 'PRSYYPK202605V1';
const NORA = 'nora@harbor.example';
const PERSONS: TabProtection = { sheetId: 42, id: 7, isWhole: true, canEdit: true };

/** What the workbook lists once these requests are done. */
function done(requests: ReturnType<typeof protectRequests>): TabProtection[] {
  return requests.flatMap((request) => {
    if (!('addProtectedRange' in request)) return [];
    const { protectedRangeId: id = 0, range } = request.addProtectedRange.protectedRange;
    return [{ sheetId: range.sheetId, id, isWhole: Object.keys(range).length === 1, canEdit: true }];
  });
}

test('others are kept out of the tab, and who may edit it is warned; the words name the statement', () => {
  const requests = protectRequests(TAB, [], WHY, NORA);
  expect(requests).toMatchObject([
    {
      addProtectedRange: {
        protectedRange: { range: { sheetId: 42 }, editors: { users: [NORA], domainUsersCanEdit: false } },
      },
    },
    {
      addProtectedRange: {
        protectedRange: {
          range: { sheetId: 42, startColumnIndex: 0, endColumnIndex: 14 },
          warningOnly: true,
        },
      },
    },
  ]);
  for (const request of requests) expect(JSON.stringify(request)).toContain(WHY);
  // Refused by Sheets otherwise.
  expect(JSON.stringify(requests[1])).not.toContain('editors');
});

test('what is protected is not protected again, and another tab’s protection is none of this one', () => {
  const there = done(protectRequests(TAB, [], WHY, NORA));
  expect(protectRequests(TAB, there, WHY, NORA)).toEqual([]);
  const elsewhere = there.map((one) => ({ ...one, sheetId: 43 }));
  expect(protectRequests(TAB, elsewhere, WHY, NORA)).toHaveLength(2);
});

test('a person’s own protection of the tab stays, since a tab takes only one; the warning comes beside it', () => {
  const requests = protectRequests(TAB, [PERSONS], WHY, NORA);
  expect(requests).toMatchObject([{ addProtectedRange: { protectedRange: { warningOnly: true } } }]);
});

test('when nobody knows who runs Purser, nobody is kept out', () => {
  expect(protectRequests(TAB, [], WHY, '')).toMatchObject([
    { addProtectedRange: { protectedRange: { warningOnly: true } } },
  ]);
});

test('only Purser’s own protections are taken off', () => {
  const ours = done(protectRequests(TAB, [], WHY, NORA));
  expect(unprotectRequests(TAB, [...ours, PERSONS, { ...PERSONS, sheetId: 43 }])).toEqual(
    ours.map(({ id }) => ({ deleteProtectedRange: { protectedRangeId: id } })),
  );
});

test('who may not edit the tab is told before anything is posted', () => {
  expect(() => requireEditable(TAB, [PERSONS, { ...PERSONS, sheetId: 43, canEdit: false }])).not.toThrow();
  const refused = (): void => requireEditable(TAB, [{ ...PERSONS, canEdit: false }]);
  expect(refused).toThrow(expect.objectContaining<Partial<PurserError>>({ code: 'tab-protected' }));
  expect(refused).toThrow('May 2026');
});
