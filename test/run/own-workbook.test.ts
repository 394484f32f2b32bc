import fc from 'fast-check';
import type { IdentityQuestion, WorkbookMark } from '../../src/run/own-workbook.ts';
import {
  formerCodes,
  hasOutbox,
  readWorkbookMark,
  sentCodes,
  workbookIdentity,
  workbookMarkEntry,
} from '../../src/run/own-workbook.ts';
import { workbookLetters } from '../../src/statement/fingerprint.ts';

const OWN = '1OwnWorkbook00000000';
const OTHER = '1OriginalWorkbook000';
const OWN_CODE = `${workbookLetters(OWN)}202605V1`;
const OTHER_CODE = `${workbookLetters(OTHER)}202604V1`;

const markOf = (id: string, former: WorkbookMark['former'] = []): WorkbookMark => ({
  schema: 1,
  id,
  since: '2026-06-01T10:00:00.000Z',
  by: 'nora@harbor.example',
  former,
});
const FORMER = { id: OTHER, letters: workbookLetters(OTHER), until: '2026-05' };

function kindOf(question: Partial<IdentityQuestion>): string {
  return workbookIdentity({
    workbookId: OWN,
    settingsId: '',
    mark: null,
    hasOutbox: false,
    sentCodes: [],
    ...question,
  }).kind;
}

describe('a workbook', () => {
  it('whose setting and property name it is the one that sends', () => {
    expect(kindOf({ settingsId: OWN, mark: markOf(OWN) })).toBe('own');
  });

  it('whose setting names another one is a copy, whatever its properties say', () => {
    for (const mark of [null, markOf(OWN), markOf(OTHER)]) {
      for (const some of [false, true]) {
        const question = { workbookId: OWN, settingsId: OTHER, mark, hasOutbox: some, sentCodes: [] };
        expect(workbookIdentity(question)).toEqual({
          kind: 'copied',
          original: { id: OTHER, letters: workbookLetters(OTHER) },
        });
      }
    }
  });

  it('whose properties name another one is a copy, also where its setting is empty or its own', () => {
    expect(kindOf({ mark: markOf(OTHER) })).toBe('copied');
    expect(kindOf({ mark: markOf(OTHER), settingsId: OWN, hasOutbox: true })).toBe('copied');
  });

  it('that took over from another one and died before the setting was written is not asked about again', () => {
    expect(kindOf({ settingsId: OTHER, mark: markOf(OWN, [FORMER]) })).toBe('unmarked');
    expect(kindOf({ settingsId: '1AThirdWorkbook00000', mark: markOf(OWN, [FORMER]) })).toBe('copied');
  });

  it('whose setting names it and whose properties are gone has lost its outbox', () => {
    expect(kindOf({ settingsId: OWN })).toBe('outbox-missing');
    expect(kindOf({ settingsId: OWN, sentCodes: [OWN_CODE] })).toBe('outbox-missing');
  });

  it('that only lost the one property has its outbox all the same', () => {
    expect(kindOf({ settingsId: OWN, hasOutbox: true })).toBe('unmarked');
  });

  it('of before there were marks is marked by and by', () => {
    expect(kindOf({})).toBe('unmarked');
    expect(kindOf({ hasOutbox: true, sentCodes: [OWN_CODE] })).toBe('unmarked');
    expect(kindOf({ settingsId: '', mark: markOf(OWN) })).toBe('unmarked');
  });

  it('without marks is a copy when the register has statements of another one and the outbox is empty', () => {
    const question = { workbookId: OWN, settingsId: '', mark: null, hasOutbox: false };
    expect(workbookIdentity({ ...question, sentCodes: [OTHER_CODE, OWN_CODE] })).toEqual({
      kind: 'copied',
      original: { id: '', letters: workbookLetters(OTHER) },
    });
    expect(kindOf({ sentCodes: ['sent by hand', '', 'PRS'] })).toBe('unmarked');
  });

  it('is never taken for its own without a word when its setting names one that it did not take over from', () => {
    const ids = fc.constantFrom('', OWN, OTHER, '1AThirdWorkbook00000');
    const marks = fc.oneof(
      fc.constant(null),
      fc.tuple(ids, fc.boolean()).map(([id, took]) => markOf(id, took ? [FORMER] : [])),
    );
    fc.assert(
      fc.property(
        ids,
        marks,
        fc.boolean(),
        fc.subarray([OWN_CODE, OTHER_CODE]),
        (settingsId, mark, some, codes) => {
          const kind = kindOf({ settingsId, mark, hasOutbox: some, sentCodes: codes });
          const isOwn = kind === 'own' || kind === 'unmarked';
          if (kind === 'own') expect([settingsId, mark?.id]).toEqual([OWN, OWN]);
          if (isOwn && settingsId !== '' && settingsId !== OWN) {
            expect(mark?.id).toBe(OWN);
            expect(mark?.former.map(({ id }) => id)).toContain(settingsId);
          }
          if (isOwn && mark !== null) expect(mark.id).toBe(OWN);
          if (isOwn && mark === null && settingsId === OWN) expect(some).toBe(true);
        },
      ),
    );
  });
});

describe('the property', () => {
  it('is read as it was written', () => {
    const mark = markOf(OWN, [FORMER]);
    expect(readWorkbookMark(workbookMarkEntry(mark))).toEqual(mark);
  });

  it.each(['', 'not json', 'null', '{}', '[]', '{"schema":2,"id":"x","since":"","by":""}'])(
    'that says %j is none',
    (json) => expect(readWorkbookMark({ workbook: json })).toBeNull(),
  );

  it('stays small however often a copy is copied', () => {
    const former = Array.from({ length: 500 }, (_, index) => ({ ...FORMER, id: `${OTHER}${index}` }));
    const [json = ''] = Object.values(workbookMarkEntry(markOf(OWN, former)));
    expect(json.length).toBeLessThan(2000);
    expect(readWorkbookMark({ workbook: json })?.former.at(-1)?.id).toBe(`${OTHER}499`);
  });
});

test('notices go out in whatever workbook: only records of statements are an outbox', () => {
  expect(hasOutbox({ 'outbox.notice.failed.2026-05.2026-06-01': '{}', owner: 'x' })).toBe(false);
  expect(hasOutbox({ 'outbox.statement.2026-05.V1': '{}' })).toBe(true);
});

test('codes count of rows that say that something is, or may be, out', () => {
  const row = (status: string) => ({ status, code: status });
  expect(sentCodes(['sent', 'Sent by hand', 'unknown', 'held', 'ready', ''].map(row))).toEqual([
    'sent',
    'Sent by hand',
    'unknown',
  ]);
});

test('of months that were over when it took over, the original’s mail counts whatever its subject', () => {
  const codes = (month: string) => formerCodes([FORMER], month, 1);
  expect(codes('2026-05')).toEqual([{ code: `${workbookLetters(OTHER)}202605V1`, whateverSubject: true }]);
  expect(codes('2026-06')).toMatchObject([{ whateverSubject: false }]);
});
