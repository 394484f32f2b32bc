/** A toy bundle in a temporary folder, and a Workspace around it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type AppsScript,
  type AppsScriptOptions,
  createAppsScript,
  type RunOptions,
} from '../../../scripts/local/apps-script/apps-script.ts';
import type { FetchAllSync, WireRequest } from '../../../scripts/local/apps-script/url-fetch.ts';
import { createClock } from '../../../scripts/local/clock.ts';
import type { Clock } from '../../../scripts/local/contract.ts';

export const START_MS = Date.UTC(2026, 5, 1, 10, 0, 0);
export const OWNER = 'owner@example.com';

const AUTH = 'https://www.googleapis.com/auth/';
export const ALL_SCOPES = [
  `${AUTH}spreadsheets`,
  `${AUTH}script.external_request`,
  `${AUTH}script.scriptapp`,
  `${AUTH}script.container.ui`,
  `${AUTH}userinfo.email`,
  'openid',
];

const EVALUATE = 'function evaluate(code) { return (0, eval)(code); }\n';

export interface Toy {
  readonly script: AppsScript;
  readonly clock: Clock;
  readonly sent: WireRequest[];
  /** Runs one expression or several statements in a fresh execution; returns the last value. */
  evaluate(code: string, options?: RunOptions): unknown;
}

export interface ToyOptions extends Partial<AppsScriptOptions> {
  readonly code?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly scopes?: readonly string[];
  readonly whitelist?: readonly string[];
  readonly timeZone?: string;
  readonly reply?: FetchAllSync;
}

export function bundleFolder(options: ToyOptions = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'toy-bundle-'));
  const files = {
    'Code.js': EVALUATE + (options.code ?? ''),
    'appsscript.json': JSON.stringify({
      timeZone: options.timeZone ?? 'America/New_York',
      runtimeVersion: 'V8',
      oauthScopes: options.scopes ?? ALL_SCOPES,
      ...(options.whitelist === undefined ? {} : { urlFetchWhitelist: options.whitelist }),
    }),
    ...options.files,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const ok = (body = '{}', headers: Record<string, string | string[]> = {}) => ({
  status: 200,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: Buffer.from(body) as unknown as Uint8Array,
});

export function toy(options: ToyOptions = {}): Toy {
  const clock = options.clock ?? createClock(null, START_MS);
  const sent: WireRequest[] = [];
  const script = createAppsScript({
    workbook: { id: 'workbook-1', name: 'Master', timeZone: 'America/New_York', locale: 'en_US' },
    email: OWNER,
    accessToken: (email) => `token of ${email}`,
    identityToken: (email) => `identity of ${email}`,
    ...options,
    bundleFolder: options.bundleFolder ?? bundleFolder(options),
    clock,
    fetchAllSync: (requests) => {
      sent.push(...requests);
      return options.reply === undefined ? requests.map(() => ok()) : options.reply(requests);
    },
  });
  return { script, clock, sent, evaluate: (code, runOptions) => script.run('evaluate', [code], runOptions) };
}
