/** How every call of the sidebar answers. */
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import type { Answer, SidebarError } from '../../sidebar/month/contract.ts';
import { theHost } from '../compose.ts';

const NOT_HERE: SidebarError = {
  code: 'no-workbook',
  what: 'Purser’s sidebar works in the workbook only.',
  now: 'Open the workbook and choose Purser › Open sidebar.',
};

/**
 * What the work comes to, or what it failed with; never throws. In the web app, where anybody's call runs as the owner,
 * nothing is done: only in an open editor there is a user interface (developers.google.com/apps-script/reference/base/ui).
 *
 * @param work the result must be plain data: nothing else crosses google.script.run
 */
export function answered<T>(work: (host: Host) => T): Answer<T> {
  const host = theHost();
  if (host.ui() === null) {
    host.log({ event: 'sidebar', code: NOT_HERE.code });
    return { ok: false, error: NOT_HERE };
  }
  try {
    return { ok: true, value: work(host) };
  } catch (thrown) {
    return { ok: false, error: sidebarError(host, thrown) };
  }
}

/** Any thrown thing as the sidebar shows it; it is written to the log. */
export function sidebarError(host: Host, thrown: unknown): SidebarError {
  const { code, what, now, message } = asPurserError(thrown);
  host.log({ event: 'sidebar', code, message: message.slice(0, 1000) });
  return { code, what, now };
}
