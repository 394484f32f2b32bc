/** Places for the sidebar: https only, each with the kind of place that it leads to. */
import { sentUrl } from '../../run/make-report.ts';
import type { LinkView } from '../../sidebar/month/contract.ts';
import { cut } from '../../statement/short-text.ts';
import { auditTabOf } from '../../workbook/audit-tab.ts';
import type { Tab } from '../../workbook/tabs.ts';
import type { Facts } from './facts.ts';
import type { Standing } from './standing.ts';

/** @param kind null: by the address */
export function linkView(label: string, url: string, kind: LinkView['kind'] | null = null): LinkView {
  const isSafe = /^https:\/\/[^\s"'<>]+$/i.test(url);
  return { kind: kind ?? kindOf(url), label: cut(label, 120), url: isSafe ? url : null };
}

function kindOf(url: string): LinkView['kind'] {
  const [, host = '', rest = ''] = /^https:\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  if (host === 'mail.google.com') return 'mail';
  if (host === 'docs.google.com') return 'cell';
  // Trip sheets are linked by their id alone; what Purser filed has the address that Drive gave.
  if (host === 'drive.google.com') return /^\/file\/d\/[^/?#]+\/view$/.test(rest) ? 'trip-sheet' : 'file';
  return host.endsWith('.console.aws.amazon.com') ? 'region' : 'page';
}

/** The month's tabs, file and mail, as far as they are there. */
export function monthLinks({ glance }: Facts, { month, record, line }: Standing): LinkView[] {
  const { tabs } = glance;
  const toTab = (tab: Tab | null | undefined, label: string): LinkView[] =>
    tab === null || tab === undefined
      ? []
      : [linkView(label, `${tabs.spreadsheetUrl}#gid=${tab.sheetId}`, 'cell')];
  const fileUrl = record?.statement?.fileUrl ?? line?.fileUrl ?? '';
  const messageUrl = (record === null ? null : sentUrl(record)) ?? line?.messageUrl ?? '';
  return [
    ...toTab(
      tabs.months.find((tab) => tab.month === month),
      'Month tab',
    ),
    ...toTab(auditTabOf(tabs, month), 'Audit'),
    ...(fileUrl === '' ? [] : [linkView('Filed statement', fileUrl, 'file')]),
    ...(messageUrl === '' ? [] : [linkView('Mail', messageUrl, 'mail')]),
  ].filter(({ url }) => url !== null);
}
