/** Which calendars there are to be synced: the company's, and those of connected accounts. */
import type { AccountRecord, AskedBy } from '../accounts/account.ts';
import { accountExpired } from '../accounts/account-errors.ts';
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import type { RefreshOutcome } from '../accounts/tokens.ts';
import { accountBearer } from '../accounts/tokens.ts';
import { authorizedBy } from '../clients/google/bearer.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { foldAddress } from '../statement/address.ts';
import type { CrewMember } from '../statement/charter.ts';
import { stateKey } from './sync-state.ts';
import type { CalendarTarget } from './target.ts';

export interface KnownTarget {
  /** `writes` is null until `withCrew` has looked into the roster, but for the company's. */
  readonly target: CalendarTarget;
  /** What event ids are derived from: stays the same when the calendar is named otherwise. */
  readonly ownId: string;
  /** Folded addresses of those who have chosen it for their charters. */
  readonly chosenBy: readonly string[];
  /** Why it can't be used now. */
  readonly trouble: PurserError | null;
}

export interface TargetRequest {
  /** The setting “Charters calendar”. */
  readonly chartersCalendar: string | null;
  /** The address of the person who owns the triggers. */
  readonly self: string;
  /** Connected for calendars, those too that must be connected again. */
  readonly accounts: readonly AccountRecord[];
  readonly refreshed: readonly RefreshOutcome[];
  /** User properties, read after the refresh. */
  readonly mine: Readonly<Record<string, string>>;
  readonly by: AskedBy;
}

/**
 * The company's first. A calendar that several accounts have chosen, or that is the company's, is there once: else what
 * one of them writes the other would take away.
 */
export function calendarTargets(host: Host, request: TargetRequest): readonly KnownTarget[] {
  const all = [
    ...(request.chartersCalendar === null ? [] : [companyTarget(host, request.chartersCalendar, request)]),
    ...request.accounts.map((account) => personTarget(host, account, request)),
  ];
  const byId = new Map<string, KnownTarget>();
  for (const one of all) {
    const other = byId.get(one.ownId);
    byId.set(one.ownId, other === undefined ? one : joined(other, one));
  }
  return [...byId.values()];
}

/** The target with the charters that are written there: those of the crew who chose it. */
export function withCrew(known: KnownTarget, roster: ReadonlyMap<string, CrewMember>): CalendarTarget {
  const { target, chosenBy } = known;
  if (target.of === 'company') return target;
  const crewIds = [...roster.values()]
    .filter(({ email }) => email !== '' && chosenBy.includes(foldAddress(email.trim())))
    .map(({ id }) => id);
  return { ...target, writes: crewIds.length === 0 ? null : { crewIds } };
}

function companyTarget(host: Host, calendarId: string, { self }: TargetRequest): KnownTarget {
  const token = host.accessToken();
  return {
    target: {
      key: stateKey(self, calendarId),
      account: self,
      subject: null,
      calendarId,
      name: '',
      of: 'company',
      writes: { all: true },
      authorize: (make) => make(token),
    },
    ownId: ownIdOf(calendarId, self),
    chosenBy: [],
    trouble: troubleOf(() => checkOwnScopes(host, 'calendars')),
  };
}

function personTarget(host: Host, account: AccountRecord, request: TargetRequest): KnownTarget {
  const { subject, email, calendar } = account;
  const calendarId = calendar?.id ?? 'primary';
  const bearer = accountBearer(host, subject, { purpose: 'calendar', by: request.by }, request.mine);
  const outcome = request.refreshed.find((one) => one.subject === subject);
  const failed = outcome?.kind === 'failed' ? outcome.error : null;
  return {
    target: {
      key: stateKey(subject, calendarId),
      account: email,
      subject,
      calendarId,
      name: calendar?.name ?? '',
      of: 'person',
      writes: null,
      authorize: (make) => authorizedBy(bearer, make('')),
    },
    ownId: ownIdOf(calendarId, email),
    chosenBy: calendar === undefined ? [] : [foldAddress(email)],
    trouble: account.dead !== null ? accountExpired(account) : failed,
  };
}

function joined(one: KnownTarget, other: KnownTarget): KnownTarget {
  const chosenBy = [...one.chosenBy, ...other.chosenBy];
  const usable = one.target.of === 'person' && one.trouble !== null && other.trouble === null ? other : one;
  return { ...usable, chosenBy };
}

/** `primary` is whoever's asks: Google's id of that calendar is the address of the account. */
export function ownIdOf(calendarId: string, account: string): string {
  return foldAddress(calendarId === 'primary' ? account : calendarId);
}

function troubleOf(action: () => void): PurserError | null {
  try {
    action();
    return null;
  } catch (thrown) {
    return asPurserError(thrown);
  }
}
