/** All files of the sample, made from what this folder says. No clock, no dice: the same bytes each time. */
import { CREW_CALENDARS } from './calendars.ts';
import { CHARTERS } from './logbooks.ts';
import { bookingMails, statementMail } from './mails.ts';
import { ROSTER } from './operator.ts';
import { calculateMonth, jsonLines } from './statements.ts';
import { tripSheets } from './trip-sheets.ts';
import { workbookBytes } from './workbook.ts';

/** The months that the office posted by hand. April was mailed about, but never posted. */
const POSTED = ['2026-01', '2026-02', '2026-03'] as const;

/** Path below `sample/` → bytes. `README.md` and `.gitattributes` are written by hand and are not among them. */
export async function makeSample(): Promise<ReadonlyMap<string, Uint8Array>> {
  const charters = jsonLines(CHARTERS);
  const roster = jsonLines(ROSTER);
  const statements = POSTED.map((month) => calculateMonth(month, charters, roster).statement);
  const files = new Map<string, Uint8Array>();
  files.set('charters.jsonl', bytesOf(charters));
  files.set('roster.jsonl', bytesOf(roster));
  for (const calendar of CREW_CALENDARS) {
    files.set(`calendars/${calendar.account}.json`, bytesOf(`${JSON.stringify(calendar, null, 2)}\n`));
  }
  for (const [name, bytes] of tripSheets()) files.set(`trip-sheets/${name}`, bytes);
  for (const { month, totals } of statements) {
    files.set(`mail/sent/${month}.eml`, await statementMail(month, totals));
  }
  files.set('mail/sent/2026-04.eml', await statementMail('2026-04', null));
  for (const [name, eml] of await bookingMails()) files.set(`mail/${name}`, eml);
  files.set('workbook.xlsx', await workbookBytes(statements));
  return files;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
