/** Writes what was read under what the evidence tab holds. */
import { send } from '../../clients/exchange.ts';
import type { SheetsAccess, SheetValue } from '../../clients/google/sheets.ts';
import { appendValues } from '../../clients/google/sheets.ts';
import type { Host } from '../../host/host.ts';
import type { Lease } from '../../host/lease.ts';
import { takeLease } from '../../host/lease.ts';
import { appendParts, evidenceRange } from '../../workbook/evidence-tab.ts';
import type { Tab } from '../../workbook/tabs.ts';

/** Longer than any execution lives. */
const LEASE_MS = 420_000;

/** Who reads mail day by day holds this lease, so that no mail is read twice. @throws PurserError `run-in-progress` */
export function takeEvidence(host: Host): { lease: Lease; properties: Readonly<Record<string, string>> } {
  return takeLease(host, 'evidence', LEASE_MS);
}

/**
 * Rows that a month's run adds meanwhile stay where they are: Google finds the end itself. A row that stands there
 * twice counts once, so that an unclear answer may be asked for again.
 */
export function appendEvidence(
  host: Host,
  access: SheetsAccess,
  { tab, usedRows }: { readonly tab: Tab; readonly usedRows: number },
  rows: readonly (readonly SheetValue[])[],
): void {
  for (const part of appendParts(usedRows, rows)) {
    send(
      host,
      appendValues(access, 'Write what was read of booking mail', evidenceRange(tab.title), part, true),
    );
  }
}
