/** Bodies of the type application/x-www-form-urlencoded (url.spec.whatwg.org/#application/x-www-form-urlencoded). */

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/**
 * The fields in their order, for a body or a query. Everything but RFC 3986's unreserved characters is
 * percent-encoded as UTF-8, a space too (`%20`), because a bare `+` means a space; half a surrogate pair becomes U+FFFD.
 */
export function formBody(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** encodeURIComponent throws on half a surrogate pair, and leaves five characters alone that RFC 3986 reserves. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
