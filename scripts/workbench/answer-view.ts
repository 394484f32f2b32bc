/** Views of the workbook, the mailboxes, Drive and the log: what `GET /api/…` answers. */
import type { LocalDriveFile } from '../local/google/google-host.ts';
import type { StoredMail } from '../local/google/mail-look.ts';
import type { TabLook } from '../local/sheets/look.ts';
import type { Answered, FileAnswer } from './link.ts';
import { overviewOf } from './overview.ts';
import type { Session } from './session.ts';
import { calendarsView } from './views/calendar-view.ts';
import { driveView } from './views/drive-view.ts';
import { attachment, mailHtml, mailLine, mailView } from './views/mail-view.ts';
import { tabView } from './views/tab-view.ts';

const MOST_ROWS = 2_000;
const SOME_ROWS = 500;
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** @throws Error with a sentence when there is no such thing */
export function answerView(
  session: Session,
  name: string,
  query: Readonly<Record<string, string>>,
): Answered {
  const { network } = session.world.workspace;
  const value = (found: unknown): Answered => ({ reply: { ok: true, value: found } });
  const account = (): string => query.account ?? session.world.user.email;
  const mails = (): readonly StoredMail[] =>
    network.callSync('google', 'mails', [account()]) as readonly StoredMail[];
  const mail = (): StoredMail => needed(mails().find(({ id }) => id === query.id) ?? null, 'mail');
  const files = (): readonly LocalDriveFile[] =>
    network.callSync('google', 'driveFiles', []) as readonly LocalDriveFile[];
  switch (name) {
    case 'overview':
      return value(overviewOf(session));
    case 'tab': {
      const from = numberIn(query.from, 0);
      const rows = Math.min(MOST_ROWS, numberIn(query.rows, SOME_ROWS));
      const look = network.callSync('sheets', 'look', [numberIn(query.id, -1), from, from + rows]) as TabLook;
      return value(tabView(look, from));
    }
    case 'mails':
      return value(
        mails()
          .map((one) => mailLine(one))
          .sort((one, other) => other.at.localeCompare(one.at) || other.id.localeCompare(one.id)),
      );
    case 'mail':
      return value(mailView(account(), mail()));
    case 'mail-html':
      return { file: needed(mailHtml(mail()), 'page') };
    case 'attachment':
      return { file: needed(attachment(mail(), numberIn(query.n, 0)), 'file') };
    case 'drive':
      return value(driveView(files()));
    case 'file': {
      const found = needed(files().find(({ id }) => id === query.id) ?? null, 'file');
      const bytes = needed(found.bytes, 'file');
      return { file: { name: found.name, type: found.mimeType, bytes, isShown: false } };
    }
    case 'workbook':
      return { file: workbookFile(session) };
    case 'calendars':
      return value(calendarsView(session));
    case 'log':
      return value(session.log.toReversed());
    default:
      throw new Error(`The workbench has no view named ${name}.`);
  }
}

function workbookFile({ world }: Session): FileAnswer {
  const { network } = world.workspace;
  const title = String(network.callSync('sheets', 'title', []));
  const { xlsx } = network.callSync('sheets', 'save', []) as { readonly xlsx: Uint8Array };
  return { name: `${title}.xlsx`, type: XLSX_TYPE, bytes: xlsx, isShown: false };
}

function needed<T>(found: T | null, what: string): T {
  if (found === null) throw new Error(`This ${what} is not there any more.`);
  return found;
}

function numberIn(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : otherwise;
}
