/** The point “Statements folder”. */
import { send } from '../../clients/exchange.ts';
import { getFolder } from '../../clients/google/drive-folder.ts';
import { filingCall } from '../../delivery/filing.ts';
import { ensureFolders } from '../../delivery/folders.ts';
import type { Host } from '../../host/host.ts';
import { sha256Hex } from '../../statement/fingerprint.ts';
import { monthBefore } from '../../statement/month.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';
import { PATIENCE_MS } from './workbook-settings.ts';

export function testFolder(host: Host): Found {
  const options = { deadlineMs: host.now() + PATIENCE_MS };
  const token = host.accessToken();
  const key = sha256Hex(host.workbookId()).slice(0, 10);
  const year = monthBefore(host.localTime(host.now(), host.workbookTimeZone()).date).slice(0, 4);
  const found = send(host, filingCall(token, key, year, 'none'), options);
  const { reports, ledger } = ensureFolders(host, token, found, key, year, options);
  const wasThere = found.some(({ id }) => id === reports);
  const { name, url, isInTrash, mayAdd } = send(host, getFolder(token, reports), options);
  const links = [{ kind: 'file', label: `The folder “${name}”`, url }] as const;
  if (isInTrash) {
    return failed(
      ['The folder for statements is in Drive’s trash.'],
      'Take it out of the trash, or delete it for good: then Purser makes another one.',
      links,
    );
  }
  if (!mayAdd) {
    return failed(
      [`You may not add files to the folder “${name}” for statements.`],
      'Ask whoever owns it, or the folder that it is in, to let you edit it; or move it back into your own Drive.',
      links,
    );
  }
  const words = wasThere
    ? `Statements of ${year} are filed in Drive in the folder “${name}” (made as Purser/reports/${year}), which you may move anywhere.`
    : `The folder for statements of ${year} was made just now, as Purser/reports/${year}; you may move it anywhere.`;
  if (ledger.ok) return good([words], links);
  return attention(
    [words, `The folder for copies of the workbook could not be made. ${ledger.error.what}`],
    ledger.error.now,
    links,
  );
}
