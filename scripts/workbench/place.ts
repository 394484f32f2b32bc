/** Where in the workbench a link of the product leads. No Node and no DOM: the page uses it. */

export type Place =
  /** A tab, and a range of it when the link names one (`B7`, `A1:C3`). */
  | { readonly at: 'tab'; readonly tab: number | null; readonly range: string | null }
  /** A message, or a search for it (`rfc822msgid:…`) when the link holds one. */
  | { readonly at: 'mail'; readonly id: string | null; readonly search: string | null }
  | { readonly at: 'file'; readonly id: string }
  /** Google’s sign-in page: the act `visit`. */
  | { readonly at: 'sign-in'; readonly url: string }
  /** The web app’s invitation: the act `visit`. */
  | { readonly at: 'web-app'; readonly url: string }
  /** Somewhere in the world; the workbench has no network. */
  | { readonly at: 'elsewhere'; readonly url: string };

/** @param url as the product gave it; what is no https address is `elsewhere` */
export function placeOf(url: string): Place {
  const found = /^https:\/\/([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url);
  const [, host = '', path = '', query = '', hash = ''] = found ?? [];
  const elsewhere: Place = { at: 'elsewhere', url };
  if (host === 'docs.google.com' && path.startsWith('/spreadsheets/')) {
    const gid = /[?&#]gid=(\d+)/.exec(hash) ?? /[?&#]gid=(\d+)/.exec(query);
    const range = /[?&#]range=([^&]+)/.exec(hash) ?? /[?&#]range=([^&]+)/.exec(query);
    return {
      at: 'tab',
      tab: gid === null ? null : Number(gid[1]),
      range: range === null ? null : decoded(range[1] ?? ''),
    };
  }
  if (host === 'mail.google.com') {
    const search = /^#search\/(.+)$/.exec(hash)?.[1];
    const id = /^#(?:all|inbox|sent|label\/[^/]+)\/([\w-]+)$/.exec(hash)?.[1];
    return { at: 'mail', id: id ?? null, search: search === undefined ? null : decoded(search) };
  }
  if (host === 'drive.google.com' || host === 'docs.google.com') {
    const id = /\/(?:d|folders)\/([\w-]+)/.exec(path)?.[1] ?? /[?&]id=([\w-]+)/.exec(query)?.[1];
    return id === undefined ? elsewhere : { at: 'file', id };
  }
  if (host === 'accounts.google.com') return { at: 'sign-in', url };
  if (host === 'script.google.com' && path.startsWith('/macros/')) return { at: 'web-app', url };
  return elsewhere;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
