/**
 * What the person who runs Purser has granted it. Google’s consent is granular: each scope has a box that may be left
 * empty (developers.google.com/apps-script/concepts/scopes#handle-granular), and a script learns of it only by
 * asking.
 */
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

/** What is about to be done. `calendars`: with the Charters calendar; connected accounts have grants of their own. */
export type Undertaking = 'set-up' | 'preview' | 'statement' | 'booking-mail' | 'calendars';

export interface OwnScope {
  /** As the manifest has it. */
  readonly scope: string;
  /** As a person would call it: “Gmail: send”. */
  readonly name: string;
  /** A sentence: what will not work without it. */
  readonly without: string;
  /** What stops without it; what isn't listed goes on. */
  readonly stops: readonly Undertaking[];
}

const GOOGLE = 'https://www.googleapis.com/auth/';
const WITH_MAIL: readonly Undertaking[] = ['set-up', 'preview', 'statement', 'booking-mail'];
const ALL: readonly Undertaking[] = [...WITH_MAIL, 'calendars'];

/** All of `appsscript.json`, in its order. */
export const OWN_SCOPES: readonly OwnScope[] = [
  {
    scope: `${GOOGLE}spreadsheets`,
    name: 'Google Sheets',
    without: 'Without Google Sheets, Purser can’t read its settings or post a month.',
    stops: ALL,
  },
  {
    scope: `${GOOGLE}gmail.readonly`,
    name: 'Gmail: read',
    without:
      'Without reading Gmail, no booking mail is read, last month’s recipients are not found, and nobody can tell whether a statement is out already.',
    stops: WITH_MAIL,
  },
  {
    scope: `${GOOGLE}gmail.send`,
    name: 'Gmail: send',
    without: 'Without Gmail send, no statement can be sent, and no notice.',
    stops: ['set-up', 'statement'],
  },
  {
    scope: `${GOOGLE}drive.readonly`,
    name: 'Google Drive: read',
    without: 'Without reading Drive, no trip sheets are read, and no copy of the workbook is kept.',
    stops: ['set-up', 'preview', 'statement'],
  },
  {
    scope: `${GOOGLE}drive.file`,
    name: 'Google Drive: files of Purser’s own',
    without: 'Without its own files in Drive, no statement can be filed, and so none is sent.',
    stops: ['set-up', 'statement'],
  },
  {
    scope: `${GOOGLE}calendar.events`,
    name: 'Google Calendar: events',
    without:
      'Without events of Google Calendar, no charter is written to the Charters calendar, and nothing is read there.',
    stops: ['calendars'],
  },
  {
    scope: `${GOOGLE}script.external_request`,
    name: 'Connect to an external service',
    without: 'Without it, Purser reaches neither AWS nor Google.',
    stops: ALL,
  },
  {
    scope: `${GOOGLE}script.scriptapp`,
    name: 'Run when you are not present',
    without: 'Without it, nothing runs by the clock: no monthly statement, no daily reading of mail.',
    stops: ['set-up'],
  },
  {
    scope: `${GOOGLE}script.container.ui`,
    name: 'Dialogs in the workbook',
    without: 'Without it, Purser can’t ask or show anything.',
    stops: ['set-up'],
  },
  {
    scope: `${GOOGLE}userinfo.email`,
    name: 'Your e-mail address',
    without: 'Without your address, Purser can’t tell whose statements these are.',
    stops: ALL,
  },
  {
    scope: 'openid',
    name: 'Who you are on Google',
    without: 'Without it, AWS can’t be asked without a stored key.',
    stops: ['set-up'],
  },
];

/**
 * @throws PurserError `authorization-partial` naming what was not granted, what will not work, and where to grant it.
 * What the undertaking does not need is named too, once something stops it. Passes when the platform does not tell.
 */
export function checkOwnScopes(host: Host, undertaking: Undertaking): void {
  const { grantedScopes, url } = host.authorization();
  if (grantedScopes === null) return;
  const granted = new Set(grantedScopes.map(longForm));
  const missing = OWN_SCOPES.filter(({ scope }) => !granted.has(longForm(scope)));
  if (!missing.some(({ stops }) => stops.includes(undertaking))) return;
  throw new PurserError('authorization-partial', {
    what: `Purser was not granted: ${missing.map(({ name }) => name).join('; ')}. ${missing.map(({ without }) => without).join(' ')}`,
    now:
      url === null
        ? 'Choose Purser › Set up… and allow everything that Google lists.'
        : `Open ${url}, allow everything that Google lists, and try again.`,
    data: { missing: missing.map(({ scope }) => scope).join(' ') },
  });
}

/** Google answers `email` and `profile` with `…/auth/userinfo.email` and `….profile`: each pair is one scope. */
function longForm(scope: string): string {
  return scope === 'email' || scope === 'profile' ? `${GOOGLE}userinfo.${scope}` : scope;
}
