/**
 * Where the web app answers. Apps Script's own word for it can't be relied on: it is the address of the test deployment
 * in some executions and carries `/u/1` or the domain in others, while Google compares the redirect URI letter by letter
 * (developers.google.com/identity/protocols/oauth2/web-server#uri-validation). So the owner may store the right one.
 */
import type { Host } from '../host/host.ts';

const KEY = 'web-app.url';
const EXEC =
  /^https:\/\/script\.google\.com\/(?:a\/macros\/[a-z0-9.-]+|a\/[a-z0-9.-]+\/macros|macros)\/s\/[A-Za-z0-9_-]{10,200}\/exec$/;

/** What is wrong with an address as typed, in words; null when it can be stored. */
export function webAppUrlProblem(url: string): string | null {
  const text = url.trim();
  if (EXEC.test(text)) return null;
  if (/\/dev([?#]|$)/.test(text)) {
    return 'This is the address for testing, which only you can open. Take the one that ends in /exec: in the script editor, Deploy › Manage deployments.';
  }
  if (/\/u\/\d+\//.test(text)) {
    return 'Take the part /u/… out of the address: it stands for one of several accounts in your own browser.';
  }
  return 'The address of a web app looks like https://script.google.com/macros/s/…/exec. It is in the script editor under Deploy › Manage deployments.';
}

/** @param url one that `webAppUrlProblem` finds nothing wrong with */
export function storeWebAppUrl(host: Host, url: string): void {
  host.properties('user').write({ [KEY]: url.trim() });
}

/** The stored address, else the platform's if it is one that others can open; null without either. */
export function webAppUrl(host: Host, mine: Readonly<Record<string, string>>): string | null {
  const stored = mine[KEY];
  if (stored) return stored;
  const told = host.webAppUrl();
  return told !== null && webAppUrlProblem(told) === null ? told : null;
}
