/** A person in a browser who follows a link to Google, chooses an account and consents. */
import type { AppsScript } from './apps-script/apps-script.ts';
import type { Page } from './apps-script/web-visits.ts';
import { longScope } from './google/oauth-clients.ts';
import type { Network } from './network/start-network.ts';

export interface Person {
  /** The account that they choose; any address will do. */
  readonly email: string;
  /** Scopes that they tick of what is asked, short or long; default all. Sign-in scopes can't be unticked. */
  readonly ticks?: 'all' | readonly string[];
  /** They press Cancel. */
  readonly decline?: boolean;
  /** The account that the browser is signed in with at script.google.com; default the Workspace's own. */
  readonly browserOf?: string;
  /** Google's callback page has no document open; nobody has documented whether it does. */
  readonly withoutDocument?: boolean;
}

/** Part of `Workspace`; a test with a script of its own gives that one. */
export interface Browser {
  readonly network: Pick<Network, 'fetchAllSync' | 'trace'>;
  readonly appsScript: AppsScript;
}

const CALLBACK = /^https:\/\/script\.google\.com\/macros\/d\/[^/]+\/usercallback\?/;
const WEB_APP = /^https:\/\/script\.google\.com\/macros\/s\/[^/]+\/exec(\?|$)/;
const GOOGLE = 'https://accounts.google.com';

/**
 * Opens the URL (Google's sign-in page, or the web app's invitation, whose links there are followed), answers as the
 * person does, and returns the page at the end: the script's, or Google's own when it refuses. The browser's requests
 * are not in the trace, which is the script's.
 * @throws Error when the script throws, Google does not answer, or a tick is not on the page
 */
export function signIn({ network, appsScript }: Browser, url: string, person: Person): Page {
  return visit(url);

  function visit(target: string): Page {
    if (CALLBACK.test(target)) {
      const before = appsScript.pages.length;
      const returned = appsScript.callback(queryOf(target), {
        ...(person.browserOf === undefined ? {} : { as: person.browserOf }),
        ...(person.withoutDocument === true ? { withDocument: false } : {}),
      });
      return appsScript.pages[before] ?? { html: String(returned), title: '' };
    }
    if (WEB_APP.test(target)) {
      const before = appsScript.pages.length;
      const html = appsScript.webApp(queryOf(target));
      const link = /href="(https:\/\/accounts\.google\.com\/[^"]+)"/.exec(html)?.[1];
      const on = /href="(https:\/\/script\.google\.com\/[^"]+[?;&]go=1)"/.exec(html)?.[1];
      const next = link ?? on;
      return next === undefined ? (appsScript.pages[before] ?? { html, title: '' }) : visit(unescaped(next));
    }
    const shown = fetched('GET', target);
    if (shown.location !== null) return visit(shown.location);
    const action = /<form method="post" action="([^"]+)"/.exec(shown.html)?.[1];
    if (action === undefined) return pageOf(shown.html);
    const answered = fetched('POST', GOOGLE + unescaped(action), answersTo(shown.html, person));
    return answered.location === null ? pageOf(answered.html) : visit(answered.location);
  }

  function fetched(method: string, target: string, form?: URLSearchParams) {
    const body = form === undefined ? null : new Uint8Array(Buffer.from(form.toString()));
    const headers: Record<string, string> =
      form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' };
    const tracedBefore = network.trace.length;
    const replies = network.fetchAllSync([{ method, url: target, headers, body }]);
    network.trace.length = tracedBefore;
    if ('failed' in replies) throw new Error(`The browser could not open ${target}: ${replies.failed.why}`);
    const [reply] = replies;
    if (reply === undefined) throw new Error(`No reply from ${target}`);
    const location = Object.entries(reply.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
    return {
      html: Buffer.from(reply.body).toString(),
      location: reply.status === 302 && typeof location === 'string' ? location : null,
    };
  }
}

function answersTo(html: string, person: Person): URLSearchParams {
  const asked = [...html.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope]) =>
    unescaped(scope ?? ''),
  );
  const ticks = person.ticks === undefined || person.ticks === 'all' ? asked : person.ticks.map(longScope);
  const missing = ticks.find((scope) => !asked.includes(scope));
  if (missing !== undefined) throw new Error(`There is no box for ${missing} on Google's page.`);
  const form = new URLSearchParams({
    email: person.email,
    decision: person.decline === true ? 'deny' : 'allow',
  });
  for (const scope of ticks) form.append('scope', scope);
  return form;
}

function pageOf(html: string): Page {
  return { html, title: unescaped(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '') };
}

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return named[String(name)] ?? whole;
  });
}
