/** What a service says of a request that it refuses: it may quote the request, with what proved who asked. */

/** Google's tokens, codes and client secrets by how they begin, JSON web tokens, and what a header proves itself with. */
const CREDENTIALS = [
  /\b(?:Bearer|Basic)\s+[^\s"',;]+/gi,
  /\bya29\.[\w.-]+/g,
  /\b[14]\/[/0][\w-]{10,}/g,
  /\bGOCSPX-[\w-]+/g,
  /\beyJ[\w-]{10,}(?:\.[\w-]*)*/g,
  /\bSignature=\w+/g,
  // AWS's session tokens; the longest names and addresses that errors are worth reading for are shorter.
  /[\w+/=.-]{100,}/g,
];

/** The words with `…` for whatever looks like a credential. */
export function serviceWords(text: string): string {
  return CREDENTIALS.reduce((rest, credential) => rest.replace(credential, '…'), text);
}
