/** Who changed the workbook since a statement was approved, as far as Drive knows. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import { lastEdit } from '../clients/google/drive-edits.ts';
import type { Host } from '../host/host.ts';
import { cut } from '../statement/short-text.ts';
import type { Approval } from './approval.ts';
import { IN_WORKBOOK } from './approval-parts.ts';
import type { Change } from './changed-since.ts';
import type { Collected } from './collect.ts';

/**
 * A sentence, or nothing: Drive names only whoever edited a file last, which need not have been the change in question,
 * and DynamoDB says nothing of who wrote an item. One call, made only when a part of the workbook changed; never throws.
 */
export function whoChanged(
  host: Host,
  { workbook }: Pick<Collected, 'workbook'>,
  approval: Pick<Approval, 'at'>,
  changes: readonly Change[],
  options: ExchangeOptions,
): string {
  if (!changes.some(({ part }) => part !== 'file' && IN_WORKBOOK.has(part))) return '';
  const { token, spreadsheetId } = workbook.access;
  const { edit } = exchange(host, { edit: lastEdit(token, spreadsheetId) }, options);
  if (!edit.ok) {
    host.log({ event: 'last-edit-unknown', code: edit.error.code });
    return '';
  }
  const { by, isSelf, atMs } = edit.value;
  if (by === '' || Number.isNaN(atMs) || atMs <= Date.parse(approval.at)) return '';
  const { date, time } = host.localTime(atMs, workbook.settings.timeZone);
  const maybePurser = isSelf ? ', the account that Purser runs in, so it may have been Purser' : '';
  return `The workbook was last edited on ${date} at ${time} by ${cut(by, 120)}${maybePurser}.`;
}
