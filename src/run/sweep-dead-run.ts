/** What a run that died has left in the workbook, when no other run of a month comes to remove it. */
import { exchange } from '../clients/exchange.ts';
import type { SheetsAccess } from '../clients/google/sheets.ts';
import { getTabs } from '../clients/google/sheets.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, isLeftBehind, takeLease } from '../host/lease.ts';
import { readTabs } from '../workbook/tabs.ts';
import { sweepStaging } from './post-month.ts';

const LEASE = 'statement';
const LEASE_MS = 120_000;
const PATIENCE_MS = 30_000;

/** Never throws; no call while every run has given its lease back. @param properties of the document */
export function sweepDeadRun(host: Host, properties: Readonly<Record<string, string>>): void {
  if (!isLeftBehind(properties, LEASE, host.now())) return;
  try {
    const { lease } = takeLease(host, LEASE, LEASE_MS);
    try {
      sweepNow(host, { spreadsheetId: host.workbookId(), token: host.accessToken() });
    } finally {
      giveBack(host, lease);
    }
  } catch (thrown) {
    host.log({ event: 'dead-run-not-swept', code: asPurserError(thrown).code });
  }
}

/** Whatever hidden tabs there are, for whoever has the lease. Never throws. */
export function sweepNow(host: Host, access: SheetsAccess): void {
  const { listed } = exchange(
    host,
    { listed: getTabs(access) },
    { deadlineMs: host.now() + PATIENCE_MS, attempts: 2 },
  );
  if (listed.ok) sweepStaging(host, { access, tabs: readTabs(listed.value) });
  else host.log({ event: 'staging-left', code: listed.error.code });
}
