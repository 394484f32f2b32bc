/** What a person can have done in the dialog “Connected accounts”. */
import * as v from 'valibot';
import type { AccountRecord, Purpose } from '../accounts/account.ts';
import { PURPOSES } from '../accounts/account.ts';
import { readAccounts } from '../accounts/account-store.ts';
import { beginConnect, confirmConnection, discardConnection } from '../accounts/connect.ts';
import { disconnectAccount, dropPurpose } from '../accounts/disconnect.ts';
import type { OtherClients } from '../accounts/enter-client.ts';
import { enterOAuthClient } from '../accounts/enter-client.ts';
import {
  makeInvitation,
  storeWebAppUrl,
  webAppUrlProblem,
  withdrawInvitation,
} from '../accounts/invitations.ts';
import { oauthClientProblem } from '../accounts/oauth-client.ts';
import { testAccount } from '../accounts/test-account.ts';
import { noteInTrail } from '../accounts/trail-note.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { AccountsAction, AccountsView } from '../sidebar/accounts/view.ts';
import { isAddress } from '../statement/address.ts';
import { dateLabel } from '../statement/month.ts';
import type { Settings } from '../workbook/settings.ts';
import { listed, purposeLabel, reconnectPurposes, worksWords } from './accounts-words.ts';
import { calendarPicker, keepCalendar } from './calendar-choice.ts';

export type Done = Pick<AccountsView, 'notice' | 'link'> & Partial<Pick<AccountsView, 'picker'>>;

const NOTHING: Done = { notice: null, link: null };
const BY = 'Connected accounts…';
const BY_TEST = 'Test now';

const text = v.pipe(v.string(), v.maxLength(2000), v.trim());
const purposes = v.pipe(v.array(v.picklist(PURPOSES)), v.minLength(1));

const Action = v.variant('type', [
  v.strictObject({ type: v.literal('store-client'), clientId: text, clientSecret: text }),
  v.strictObject({ type: v.literal('connect'), purposes }),
  v.strictObject({ type: v.literal('reconnect'), subject: text }),
  v.strictObject({ type: v.literal('invite'), purposes, email: text }),
  v.strictObject({ type: v.literal('disconnect'), subject: text }),
  v.strictObject({ type: v.literal('drop-purpose'), subject: text, purpose: v.picklist(PURPOSES) }),
  v.strictObject({ type: v.literal('test'), subject: text }),
  v.strictObject({ type: v.literal('list-calendars'), subject: text }),
  v.strictObject({ type: v.literal('choose-calendar'), subject: text, calendarId: text }),
  v.strictObject({ type: v.literal('confirm'), id: text }),
  v.strictObject({ type: v.literal('discard'), id: text }),
  v.strictObject({ type: v.literal('withdraw'), id: text }),
  v.strictObject({ type: v.literal('set-web-app'), url: text }),
]) satisfies v.GenericSchema<unknown, AccountsAction>;

/**
 * @param input what the dialog sent: anybody's, until it is checked
 * @throws PurserError what the action failed with; `account-unknown` for an account that is not there
 */
export function actOn(host: Host, input: unknown, settings: Settings | null): Done {
  const parsed = v.safeParse(Action, input);
  if (!parsed.success)
    return bad('Purser does not know what to do with that. Close this dialog and open it again.');
  const action = parsed.output;
  switch (action.type) {
    case 'store-client': {
      const problem = oauthClientProblem(action.clientId, action.clientSecret);
      if (problem !== null) return bad(problem);
      noteInTrail(host, { what: 'client-stored', by: BY, detail: action.clientId });
      const { clientId, clientSecret } = action;
      const others = otherClientsWords(enterOAuthClient(host, { clientId, clientSecret }));
      return others === null ? good('The client is kept. Accounts can be connected now.') : bad(others);
    }
    case 'connect':
      return signIn(host, { purposes: action.purposes, expected: null, loginHint: null });
    case 'reconnect': {
      const account = accountOf(host, action.subject);
      const asked = reconnectPurposes(account, settings);
      return signIn(host, { purposes: asked, expected: account.subject, loginHint: account.email });
    }
    case 'invite':
      return invite(host, action, settings);
    case 'disconnect': {
      const { email, revoked, why } = disconnectAccount(host, action.subject, BY);
      const words = `${email} is disconnected. ${why}`;
      return revoked === 'failed' ? bad(words) : good(words);
    }
    case 'drop-purpose': {
      const { email } = accountOf(host, action.subject);
      dropPurpose(host, action.subject, action.purpose, BY);
      return good(`${email} is no longer connected for “${purposeLabel(action.purpose)}”.`);
    }
    case 'test':
      return test(host, accountOf(host, action.subject));
    case 'list-calendars': {
      const picker = calendarPicker(host, accountOf(host, action.subject), settings);
      const { problem, email } = picker;
      const said = problem === null ? NOTHING : bad(`The calendars of ${email} could not be listed.`);
      return { ...said, picker };
    }
    case 'choose-calendar': {
      const account = accountOf(host, action.subject);
      const words = keepCalendar(host, account, action.calendarId);
      return words === null
        ? bad(`${account.email} has no such calendar that it may write to. Nothing was changed.`)
        : good(words);
    }
    case 'confirm': {
      const { email } = confirmConnection(host, action.id);
      return good(`${email} is connected, beside the other accounts.`);
    }
    case 'discard':
      discardConnection(host, action.id);
      return good('It is let go. Nothing else was changed.');
    case 'withdraw':
      withdrawInvitation(host, action.id);
      return good('The invitation is withdrawn; its link is worth nothing now.');
    case 'set-web-app': {
      const problem = webAppUrlProblem(action.url);
      if (problem !== null) return bad(problem);
      noteInTrail(host, { what: 'web-app-set', by: BY, detail: action.url });
      storeWebAppUrl(host, action.url);
      return good(
        'The address is kept. Register it in Google Cloud as another redirect URI, below “Google Cloud client”.',
      );
    }
  }
}

/** Null when all accounts can be used with the client that was entered. */
function otherClientsWords({ emails, clientIds }: OtherClients): string | null {
  if (emails.length === 0) return null;
  const [were, them] = emails.length === 1 ? ['was', 'it'] : ['were', 'them'];
  return `The client is kept, but ${listed(emails)} ${were} connected with another one: ${listed(clientIds)}. Enter that one again, or reconnect ${them}; until then Purser can’t use ${them}.`;
}

function signIn(host: Host, request: Parameters<typeof beginConnect>[1]): Done {
  const { url } = beginConnect(host, request);
  const whose =
    request.loginHint === null ? 'as the account that is to be connected' : `as ${request.loginHint}`;
  const words = `Sign in at Google ${whose}. The page opens in a new tab and is good for ten minutes; come back here afterwards.`;
  return { notice: null, link: { way: 'open', url, words } };
}

function invite(
  host: Host,
  { purposes, email }: { readonly purposes: readonly Purpose[]; readonly email: string },
  settings: Settings | null,
): Done {
  if (email !== '' && !isAddress(email)) return bad(`“${email.slice(0, 80)}” is not a mail address.`);
  const { url, expiresAt } = makeInvitation(host, {
    purposes,
    email: email === '' ? null : email,
    company: settings?.company ?? '',
    workbookUrl: `https://docs.google.com/spreadsheets/d/${host.workbookId()}/edit`,
  });
  const { date, time } = host.localTime(Date.parse(expiresAt), host.workbookTimeZone());
  const whom = email === '' ? 'the person whose account it is' : email;
  return {
    notice: null,
    link: {
      way: 'copy',
      url,
      words: `Send this link to ${whom}, and to nobody else. It is good for one connection, until ${dateLabel(date)}, ${time}.`,
    },
  };
}

function test(host: Host, account: AccountRecord): Done {
  const { works, problems } = testAccount(host, account, BY_TEST);
  const can = works.length === 0 ? [] : [worksWords(account.email, works)];
  if (problems.length > 0) return bad([...can, ...problems].join(' '));
  return can.length > 0
    ? good(can.join(' '))
    : good(`${account.email} was renewed. It is connected for nothing.`);
}

/** @throws PurserError `account-unknown` */
function accountOf(host: Host, subject: string): AccountRecord {
  const { accounts } = readAccounts(host.properties('user').readAll());
  const found = accounts.find((account) => account.subject === subject);
  if (found !== undefined) return found;
  throw new PurserError('account-unknown', {
    what: 'This account is no longer connected.',
    now: 'Choose “Check again” to see the accounts as they are.',
  });
}

function good(words: string): Done {
  return { notice: { kind: 'good', words }, link: null };
}

function bad(words: string): Done {
  return { notice: { kind: 'bad', words }, link: null };
}
