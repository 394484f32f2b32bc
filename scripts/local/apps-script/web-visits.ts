/** Browsers that come to the script from outside: at the callback page of scripts, and at the web app. */
import type { Clock } from '../contract.ts';
import type { AppsScript, RunOptions } from './apps-script.ts';
import type { Execution, Mode } from './execution.ts';
import { shownHtml } from './html-service.ts';
import type { StateToken } from './script-app.ts';

export interface Page {
  readonly html: string;
  /** As set on the HtmlOutput: the title inside its HTML is not the browser's. */
  readonly title: string;
}

export interface WebVisitsOptions {
  readonly clock: Clock;
  readonly email: string;
  readonly stateTokens: ReadonlyMap<string, StateToken>;
  /** Gets what is shown. */
  readonly pages: Page[];
  begin(options: RunOptions, mode: Mode): Execution;
  invoke(execution: Execution, functionName: string, parameters: readonly unknown[]): unknown;
}

/** developers.google.com/apps-script/guides/web#request_parameters */
const RESERVED_PARAMETERS = ['c', 'sid'];

export function createWebVisits(options: WebVisitsOptions): Pick<AppsScript, 'callback' | 'webApp'> {
  const { clock, stateTokens, pages, begin, invoke } = options;

  const shown = (result: unknown): string | null => {
    const output = shownHtml(result);
    if (output === null) return null;
    pages.push({ html: output.html, title: output.title });
    return output.html;
  };

  return {
    callback(query, runOptions = {}) {
      const token = stateTokens.get(query.state ?? '');
      const email = runOptions.as ?? options.email;
      // It must run as the account that made the token: github.com/googleworkspace/apps-script-oauth2/issues/449
      if (token === undefined || token.expiresMs < clock.now() || token.owner !== email) {
        throw new Error('The state token is invalid or has expired. Please try again.');
      }
      const parameter = { ...query, ...token.arguments };
      const execution = begin(runOptions, 'callback');
      const event = execution.realm.parse(JSON.stringify({ parameter, parameters: listed(parameter) }));
      const result = invoke(execution, token.method, [event]);
      return shown(result) ?? result;
    },

    webApp(query, runOptions = {}) {
      const execution = begin(runOptions, 'web-app');
      const reserved = Object.keys(query).find((name) => RESERVED_PARAMETERS.includes(name));
      if (reserved !== undefined)
        throw execution.exception(`HTTP 405: the parameter ${reserved} is reserved.`);
      const event = {
        queryString: new URLSearchParams(query).toString(),
        parameter: query,
        parameters: listed(query),
        contextPath: '',
        contentLength: -1,
      };
      const html = shown(invoke(execution, 'doGet', [execution.realm.parse(JSON.stringify(event))]));
      if (html !== null) return html;
      throw execution.exception(
        'The script completed but the returned value is not a supported return type.',
      );
    },
  };
}

/** `parameters` of an event: each value in a list. */
function listed(parameter: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(parameter).map(([name, value]) => [name, [value]]));
}
