/** When the clock looks at a month next, and what it will do. */
import { triggerOwner } from '../../accounts/trigger-owner.ts';
import { wasVoided } from '../../run/approval.ts';
import { attemptKey } from '../../run/run-record.ts';
import { isWatched, readWatch } from '../../run/watch-state.ts';
import type { SidebarView } from '../../sidebar/month/contract.ts';
import { addMonths, monthBefore, monthLabel } from '../../statement/month.ts';
import { saysSent } from '../../workbook/register.ts';
import type { Facts } from './facts.ts';
import { momentAt } from './moments.ts';
import type { Standing } from './standing.ts';

/** The monthly trigger fires between six and seven. */
const MONTHLY_AT = '06:00';

const HOURLY = 'With the next hourly check';

/** Null when it will not, or nobody knows when the settings say that it shall. */
export function nextRun(facts: Facts, standing: Standing): SidebarView['next'] {
  const { properties, glance, timeZone, host, today } = facts;
  const { state, record, cutOff, month, version } = standing;
  if (triggerOwner(properties) === null || glance.settings === null) return null;
  if (state === 'unknown')
    return { at: null, words: `${HOURLY} Purser looks into Sent. It sends nothing again by itself.` };
  if (cutOff !== null)
    return { at: null, words: `${HOURLY}, or sooner, Purser goes on with the run that was cut off.` };
  if (state === 'queued')
    return { at: record?.notBefore ?? null, words: 'The hourly check after that sends it.' };
  if (state === 'sent') return dailyLook(facts, standing);
  if (state === 'sending' || record !== null || version > 1) return null;
  if (month < monthBefore(today)) return null;
  const words = doing(facts, standing);
  if (words === null) return null;
  const { statementDay } = glance.settings;
  const due = momentAt(
    host,
    `${addMonths(month, 1)}-${String(statementDay).padStart(2, '0')}`,
    MONTHLY_AT,
    timeZone,
  );
  if (Date.parse(due) > facts.nowMs) return { at: due, words };
  const hasTried = (properties[attemptKey(month)] ?? '').startsWith(today);
  if (!hasTried) return { at: null, words: `${HOURLY}: ${words}` };
  const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { at: momentAt(host, tomorrow, '00:00', timeZone), words };
}

/** Of a statement that Purser itself sent, as long as the setting “Watch sent months” says. */
function dailyLook(
  { properties, glance, nowMs }: Facts,
  { record, month, version }: Standing,
): SidebarView['next'] {
  if (record === null || record.statement === undefined) return null;
  const watch = readWatch(properties, month, version);
  return isWatched(record, watch, glance.settings?.watchSentDays ?? 0, nowMs)
    ? { at: null, words: 'Once a day Purser looks whether it has changed at the source.' }
    : null;
}

/** Null: nothing without a person. */
function doing(
  { properties, glance, records }: Facts,
  { approval, month, version }: Standing,
): string | null {
  const isAutomatic = glance.settings?.sendAutomatically === 'when clean';
  if (approval !== null) {
    return isAutomatic || approval.isToGo
      ? 'Purser sends it as it was approved, if nothing has changed.'
      : null;
  }
  const label = monthLabel(month);
  const prepares = `Purser checks ${label} and makes its tab and file`;
  const isFirst = !glance.register.some(saysSent) && !records.some(({ state }) => state === 'sent');
  if (!isAutomatic) return `${prepares}. A person sends it.`;
  if (isFirst) return `${prepares}. The first statement is sent by a person.`;
  if (wasVoided(properties, month, version)) return `${prepares}. A person has to approve it anew.`;
  return `${prepares}, and sends it if nothing is open.`;
}
