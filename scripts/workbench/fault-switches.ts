/** What a person can let go wrong. */
import { readAccounts } from '../../src/accounts/account-store.ts';
import { addMonths } from '../../src/statement/month.ts';
import type { Fault } from '../local/contract.ts';
import type { FaultView } from './contract.ts';
import { wallText } from './wall-clock.ts';
import type { World } from './world.ts';

interface Switch extends Omit<FaultView, 'on'> {
  /** While it is on; made anew whenever the switches or the clock are moved. */
  readonly faults?: (now: Now) => readonly Fault[];
  /** The moment that it is switched on. */
  readonly once?: (world: World) => void;
}

interface Now {
  readonly ms: number;
  /** The month before this one, in the workbook’s zone: `2026-05`. */
  readonly lastMonth: string;
}

export interface FaultSwitches {
  views(): readonly FaultView[];
  /** @throws Error when there is no such switch */
  turn(id: string, on: boolean): void;
  /** Puts the faults that are on in force again, with times by the clock as it is now. */
  renew(): void;
}

const GMAIL = 'gmail.googleapis.com';
const SEND = 'messages/send';
const LIMIT_MS = 6 * 3_600_000;

export function createFaultSwitches(world: World): FaultSwitches {
  const on = new Set<string>();
  const switches = (): readonly Switch[] => [
    ...world.regions.map(regionDown),
    ...GOOGLE,
    ...revocations(world),
  ];
  const renew = (): void => {
    const ms = world.workspace.clock.now();
    const now: Now = { ms, lastMonth: addMonths(wallText(ms, world.timeZone).slice(0, 7), -1) };
    const faults = switches().flatMap((one) => (on.has(one.id) ? (one.faults?.(now) ?? []) : []));
    world.workspace.network.setFaultsSync(faults);
  };
  return {
    views: () =>
      switches().map(({ id, label, words, isOnce }) => ({ id, label, words, isOnce, on: on.has(id) })),
    turn(id, isOn) {
      const found = switches().find((one) => one.id === id);
      if (found === undefined) throw new Error('There is no such switch any more.');
      if (isOn) found.once?.(world);
      if (isOn && !found.isOnce) on.add(id);
      else on.delete(id);
      renew();
    },
    renew,
  };
}

function regionDown(region: string): Switch {
  return {
    id: `down:${region}`,
    label: `${region} is down`,
    words: `DynamoDB in ${region} can’t be reached.`,
    isOnce: false,
    faults: () => [{ host: `dynamodb.${region}.amazonaws.com`, play: { unreachable: true } }],
  };
}

const GOOGLE: readonly Switch[] = [
  {
    id: 'gmail-quota',
    label: 'Gmail’s quota is used up',
    words: 'Every call to Gmail is refused: too many in this minute.',
    isOnce: false,
    faults: () => [
      refused({ host: GMAIL }, 403, 'userRateLimitExceeded', 'User Rate Limit Exceeded'),
      refused(
        { host: 'www.googleapis.com', match: '/batch/gmail' },
        403,
        'userRateLimitExceeded',
        'User Rate Limit Exceeded',
      ),
    ],
  },
  {
    id: 'send-limit',
    label: 'Gmail’s sending limit is reached',
    words: 'Gmail sends no mail for the next six hours; reading goes on.',
    isOnce: false,
    faults: ({ ms }) => [
      refused(
        { host: GMAIL, match: SEND },
        429,
        'rateLimitExceeded',
        // The words: issuetracker.google.com/issues/134079214
        // As github.com/googleapis/google-api-ruby-client/issues/20544 has it, of another limit.
        `User-rate limit exceeded.  Retry after ${new Date(ms + LIMIT_MS).toISOString()} (Mail sending)`,
      ),
    ],
  },
  {
    id: 'lost-reply',
    label: 'Gmail’s answer to a sent mail is lost',
    words: 'Gmail sends the mail, but its answer does not arrive: nobody knows whether it went out.',
    isOnce: false,
    faults: () => [{ host: GMAIL, match: SEND, play: { lost: { status: 502, body: 'Bad Gateway' } } }],
  },
  {
    id: 'sent-lag',
    label: 'Search in Sent lags behind',
    words:
      'A search in Sent does not find last month’s statement, as in the first minutes after it was sent.',
    isOnce: false,
    faults: ({ lastMonth }) => [
      {
        host: GMAIL,
        // The search is for the statement’s code, which holds the month.
        match: `${lastMonth.replace('-', '')}V`,
        play: { answer: { status: 200, body: '{"resultSizeEstimate":0}', headers: JSON_TYPE } },
      },
    ],
  },
  {
    id: 'aws-session',
    label: 'AWS ends the role’s sessions',
    words: 'The role is deleted and made anew: AWS refuses the session that there is.',
    isOnce: true,
    once: ({ workspace }) => {
      workspace.network.callSync('aws', 'forgetSessions', []);
    },
  },
];

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

function refused(
  where: Pick<Fault, 'host' | 'match'>,
  status: number,
  reason: string,
  message: string,
): Fault {
  const error = { code: status, message, errors: [{ message, domain: 'usageLimits', reason }] };
  return { ...where, play: { answer: { status, body: JSON.stringify({ error }), headers: JSON_TYPE } } };
}

/** Of the connected accounts. */
function revocations(world: World): readonly Switch[] {
  const { accounts } = readAccounts(Object.fromEntries(world.workspace.appsScript.properties('user')));
  return accounts.map(({ email }) => ({
    id: `revoke:${email}`,
    label: `${email} takes its access back`,
    words: `The person removes Purser’s access to ${email}. Connect the account again to go on.`,
    isOnce: true,
    once: () => {
      world.workspace.network.callSync('google', 'revokeByPerson', [email]);
    },
  }));
}
