/**
 * Where browsers come back from Google: Apps Script's callback for the owner, the web app for who was invited. Both
 * always answer with a page: what is thrown here would be Google's own error page, which helps nobody.
 */
import type { Page } from '../accounts/callback-pages.ts';
import { invitationPage, nothingHerePage, outcomePage } from '../accounts/callback-pages.ts';
import { finishConnect } from '../accounts/connect.ts';
import { openInvitation } from '../accounts/invitations.ts';
import { requireSettledOwner } from '../accounts/trigger-owner.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { theHost } from './compose.ts';

type Parameter = Readonly<Record<string, string>>;

/**
 * Named in the state token, whose arguments come as parameters
 * (developers.google.com/apps-script/reference/script/state-token-builder).
 */
export function authCallback(event: unknown): GoogleAppsScript.HTML.HtmlOutput {
  return shown((host) => {
    requireStillOwner(host);
    return outcomePage(finishConnect(host, parameterOf(event), 'callback'), 'callback');
  }, 'callback');
}

/**
 * Begun before Hand over…, it must not end after it. Where Google's page has no document, the attempt itself, which only
 * the owner could begin and only the same person can end, has to do.
 */
function requireStillOwner(host: Host): void {
  try {
    requireSettledOwner(host, host.properties('document').readAll());
  } catch (thrown) {
    if (asPurserError(thrown).code !== 'no-workbook') throw thrown;
  }
}

/**
 * The web app: an invitation's page, Google's answer to it, or nothing. The names `c` and `sid` are not ours to use
 * (developers.google.com/apps-script/guides/web#request_parameters). Open to all without signing in, because with
 * several accounts signed in Google's own sign-in answers with an error page
 * (github.com/googleworkspace/apps-script-oauth2 issue 137). Whoever sees a page can call any exported function: those
 * that are for people ask for the workbook's user interface, those of the clock for the id of a trigger.
 */
export function doGet(event: unknown): GoogleAppsScript.HTML.HtmlOutput {
  const parameter = parameterOf(event);
  return shown((host) => {
    if (parameter.state !== undefined) {
      return outcomePage(finishConnect(host, parameter, 'web-app'), 'web-app');
    }
    return parameter.invitation === undefined
      ? nothingHerePage()
      : invitationPage(openInvitation(host, parameter));
  }, 'web-app');
}

function shown(make: (host: Host) => Page, way: 'callback' | 'web-app'): GoogleAppsScript.HTML.HtmlOutput {
  const { html, title } = pageOrTrouble(make, way);
  const output = HtmlService.createHtmlOutput(html).setTitle(title);
  // A meta element inside the page is ignored: developers.google.com/apps-script/reference/html/html-output#addmetatagname,-content
  return output.addMetaTag('viewport', 'width=device-width, initial-scale=1');
}

function pageOrTrouble(make: (host: Host) => Page, way: 'callback' | 'web-app'): Page {
  try {
    return make(theHost());
  } catch (thrown) {
    return outcomePage({ kind: 'not-connected', error: asPurserError(thrown) }, way);
  }
}

/** The first value of each parameter; whatever a browser sent. */
function parameterOf(event: unknown): Parameter {
  const parameter: unknown = isObject(event) ? event.parameter : undefined;
  if (!isObject(parameter)) return {};
  const texts = Object.entries(parameter).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
