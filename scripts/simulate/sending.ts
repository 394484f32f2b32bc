/** What must be written down at the moment when a statement goes out. */
import type { AppsScript } from '../local/apps-script/apps-script.ts';
import type { HostFault } from '../local/apps-script/host-calls.ts';
import type { Told } from './play.ts';
import { FAULTS } from './scenario.ts';
import { MONTH } from './scene.ts';

export interface StatementRecord {
  readonly state: string;
  readonly recordedAt?: string;
  readonly statement?: {
    readonly sha256: string;
    readonly code: string;
    readonly fileId: string;
    readonly fingerprint: string;
    readonly totals: Readonly<Record<string, number>>;
  };
}

/** Of May’s first version. */
export function recordOf(script: AppsScript): StatementRecord | null {
  const json = script.properties('document').get(`outbox.statement.${MONTH}.V1`);
  return json === undefined ? null : (JSON.parse(json) as StatementRecord);
}

/**
 * The record says `sending`, and the lease is held.
 *
 * A clock that is put ahead inside the execution, between its last look at it and the mail, ends the lease, and lets another
 * execution take the mail for one that died: it is then `unknown`, and nobody sends it again. Only such a clock is an excuse,
 * one that was put ahead before the lease was taken, or the mail claimed, is none.
 * @param told so far
 * @param execution the one that sends
 */
export function atSending(
  script: AppsScript,
  nowMs: number,
  told: readonly Told[],
  execution: number,
): readonly string[] {
  const state = recordOf(script)?.state;
  const lease = script.properties('document').get('lease.statement') ?? '{}';
  const { expiresMs = 0 } = JSON.parse(lease) as { readonly expiresMs?: number };
  const leased = since(told, execution, 'lease.statement');
  const claimed = since(told, execution, `outbox.statement.${MONTH}.V1`);
  const isTakenForDead =
    state === 'unknown' && jumpsAheadMs(claimed) > 0 && hasBegunOther(claimed, execution);
  // Another execution that began after the jump may have had the lease, and given it back.
  const isOutlasted =
    jumpsAheadMs(leased) > 0 &&
    (hasBegunOther(leased, execution) || expiresMs > nowMs - jumpsAheadMs(leased));
  return [
    ...(state === 'sending' || isTakenForDead
      ? []
      : [`a statement goes out, and its record says ${state ?? 'nothing'}`]),
    ...(expiresMs > nowMs || isOutlasted ? [] : ['a statement goes out without the lease']),
  ];
}

/** All that was told since the execution last wrote that property, this call with it; nothing when it never did. */
function since(told: readonly Told[], execution: number, key: string): readonly Told[] {
  const at = told.findLastIndex(
    (line) =>
      'call' in line &&
      line.call.execution === execution &&
      line.call.what.includes('setProperties') &&
      line.call.what.split(' ').includes(key),
  );
  return at < 0 ? [] : told.slice(at);
}

function jumpsAheadMs(told: readonly Told[]): number {
  const faults: Readonly<Record<string, HostFault>> = FAULTS;
  const jumps = told.map((line) => {
    const fault = 'act' in line && line.act !== null ? faults[line.act] : undefined;
    return fault !== undefined && 'clockMs' in fault ? Math.max(0, fault.clockMs) : 0;
  });
  return jumps.reduce((sum, ms) => sum + ms, 0);
}

function hasBegunOther(told: readonly Told[], execution: number): boolean {
  return told.some((line) => 'call' in line && line.call.execution !== execution);
}
