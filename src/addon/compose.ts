/** The composition root: made at the first call of an entry point, never at import. */
import { appsScriptHost } from '../host/apps-script.ts';
import type { Host } from '../host/host.ts';

let host: Host | null = null;

export function theHost(): Host {
  host ??= appsScriptHost();
  return host;
}
