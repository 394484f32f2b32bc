/** The whole way of a connection, as a person's browser goes it, on a local Workspace with a toy script. */
import { createHash } from 'node:crypto';
import { LOCAL_CALLBACK_URL, LOCAL_WEB_APP_URL } from '../../scripts/local/apps-script/deployment.ts';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import { signIn } from '../../scripts/local/sign-in.ts';
import type { Workspace } from '../../scripts/local/workspace.ts';
import { startWorkspace } from '../../scripts/local/workspace.ts';
import { ALL_SCOPES, bundleFolder } from './apps-script/toy.ts';

const OWNER = 'nora@harbor.example';
const OFFICE = 'office@harbor.example';
const AUTH = 'https://www.googleapis.com/auth/';
const READ = `${AUTH}gmail.readonly`;
const SEND = `${AUTH}gmail.send`;
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';
const START_MS = Date.UTC(2026, 5, 1, 10);

const code = `
  const client = ${JSON.stringify(LOCAL_OAUTH_CLIENT)};
  function form(fields) { return Object.keys(fields).map((n) => n + '=' + encodeURIComponent(fields[n])).join('&'); }
  function ask(redirect, state) {
    return 'https://accounts.google.com/o/oauth2/v2/auth?' + form({ client_id: client.clientId, redirect_uri: redirect,
      response_type: 'code', scope: 'openid email ${READ} ${SEND}', access_type: 'offline', prompt: 'consent', state,
      code_challenge: '${createHash('sha256').update(VERIFIER).digest('base64url')}', code_challenge_method: 'S256' });
  }
  function begin() {
    const state = ScriptApp.newStateToken().withMethod('authCallback').withTimeout(600).createToken();
    return ask('https://script.google.com/macros/d/' + ScriptApp.getScriptId() + '/usercallback', state);
  }
  function tokens(fields) {
    return UrlFetchApp.fetch('https://oauth2.googleapis.com/token', { method: 'post', muteHttpExceptions: true,
      payload: form(Object.assign({ client_id: client.clientId, client_secret: client.clientSecret }, fields)) });
  }
  function page(title, text) { return HtmlService.createHtmlOutput('<p>' + text + '</p>').setTitle(title); }
  function finish(parameter, redirect) {
    if (parameter.error) return page('Not connected', parameter.error);
    const reply = tokens({ grant_type: 'authorization_code', code: parameter.code, redirect_uri: redirect,
      code_verifier: '${VERIFIER}' });
    if (reply.getResponseCode() === 200) {
      PropertiesService.getUserProperties().setProperty('tokens', reply.getContentText());
    }
    return page('Connected', JSON.parse(reply.getContentText()).scope);
  }
  function authCallback(e) {
    return finish(e.parameter, 'https://script.google.com/macros/d/' + ScriptApp.getScriptId() + '/usercallback');
  }
  function doGet(e) {
    const url = ScriptApp.getService().getUrl();
    if (e.parameter.state) return finish(e.parameter, url);
    return page('Invitation', '<a target="_top" href="' + ask(url, 'mine').replaceAll('&', '&amp;') + '">Connect</a>');
  }
  function stored() { return JSON.parse(PropertiesService.getUserProperties().getProperty('tokens')); }
  function refresh() { return tokens({ grant_type: 'refresh_token', refresh_token: stored().refresh_token }).getResponseCode(); }
  function profile(token) {
    const reply = UrlFetchApp.fetch('https://gmail.googleapis.com/gmail/v1/users/me/profile', {
      headers: { Authorization: 'Bearer ' + token }, muteHttpExceptions: true });
    return reply.getResponseCode() === 200 ? JSON.parse(reply.getContentText()).emailAddress : reply.getResponseCode();
  }
  function mine() { return profile(ScriptApp.getOAuthToken()); }
  function office() { return profile(stored().access_token); }`;

let workspace: Workspace;
let empty: unknown;
beforeAll(async () => {
  workspace = await startWorkspace({
    bundleFolder: bundleFolder({ code, scopes: [...ALL_SCOPES, READ] }),
    startMs: START_MS,
    user: { email: OWNER, name: 'Nora Field' },
    workbookTitle: 'Harbor',
    timeZone: 'America/New_York',
    regions: ['us-east-1'],
    seed: 1,
    state: null,
    workbook: null,
  });
  empty = (await workspace.save()).state.google;
});
beforeEach(async () => {
  await workspace.network.call('google', 'restore', [empty]);
  workspace.clock.set(START_MS);
});
afterAll(() => workspace.close());

const begin = () => String(workspace.appsScript.run('begin'));
const office = { email: OFFICE };

test('the owner follows the link, chooses another account, and the callback page says what was granted', async () => {
  const requests = workspace.network.trace.length;
  const page = signIn(workspace, begin(), office);
  expect(page).toEqual({
    title: 'Connected',
    html: `<p>openid ${AUTH}userinfo.email ${READ} ${SEND}</p>`,
  });
  expect(workspace.appsScript.run('office')).toBe(OFFICE);
  expect(workspace.appsScript.run('mine')).toBe(OWNER);
  expect(workspace.appsScript.run('refresh')).toBe(200);
  expect(await workspace.tokensOf(OFFICE)).toMatchObject({ refreshes: 1, refreshTokens: [{}] });
  // The browser's own requests are not the script's.
  const hosts = workspace.network.trace.slice(requests).map(({ request }) => new URL(request.url).host);
  expect(hosts).not.toContain('accounts.google.com');
  expect(hosts).toContain('oauth2.googleapis.com');
});

test('an invitation is followed through the web app, and comes back there', () => {
  const page = signIn(workspace, LOCAL_WEB_APP_URL, office);
  expect(page.title).toBe('Connected');
  expect(workspace.appsScript.pages.map(({ title }) => title).slice(-2)).toEqual(['Invitation', 'Connected']);
});

test('what was not ticked is not granted; who declines comes back without tokens', () => {
  expect(signIn(workspace, begin(), { ...office, ticks: [SEND] }).html).toBe(
    `<p>openid ${AUTH}userinfo.email ${SEND}</p>`,
  );
  expect(workspace.appsScript.run('office')).toBe(403);
  expect(signIn(workspace, begin(), { ...office, decline: true })).toEqual({
    title: 'Not connected',
    html: '<p>access_denied</p>',
  });
  expect(() => signIn(workspace, begin(), { ...office, ticks: [`${AUTH}drive`] })).toThrow('no box');
});

test('a link that Google refuses ends on Google’s page', () => {
  const page = signIn(workspace, begin().replace('usercallback', 'callback'), office);
  expect(page.title).toBe('Error 400: redirect_uri_mismatch');
});

test('a browser that is signed in as somebody else is sent away by Apps Script', () => {
  expect(() => signIn(workspace, begin(), { ...office, browserOf: OFFICE })).toThrow(
    'state token is invalid',
  );
});

test('a faked silence and a faked page reach the script as they would at Google', async () => {
  signIn(workspace, begin(), office);
  await workspace.oauth({ answer: 'slow', times: 1 });
  const before = workspace.clock.now();
  expect(() => workspace.appsScript.run('refresh')).toThrow('Timeout: https://oauth2.googleapis.com/token');
  expect(workspace.clock.now() - before).toBe(60_000);
  await workspace.oauth({ answer: 'html-503', times: 1 });
  expect([workspace.appsScript.run('refresh'), workspace.appsScript.run('refresh')]).toEqual([503, 200]);
});

test('revoked, or with a changed password, nothing works any more', async () => {
  for (const end of [workspace.revokeByPerson, workspace.changePassword]) {
    signIn(workspace, begin(), office);
    expect(workspace.appsScript.run('refresh')).toBe(200);
    await end(OFFICE);
    expect([workspace.appsScript.run('refresh'), workspace.appsScript.run('office')]).toEqual([400, 401]);
  }
});

test('connected accounts outlive the process', async () => {
  signIn(workspace, begin(), office);
  const { google } = (await workspace.save()).state;
  await workspace.network.call('google', 'restore', [empty]);
  expect(workspace.appsScript.run('refresh')).toBe(400);
  await workspace.network.call('google', 'restore', [JSON.parse(JSON.stringify(google))]);
  expect(workspace.appsScript.run('refresh')).toBe(200);
});

test('what the owner did not grant the script itself, its own token can’t do', async () => {
  const rest = ALL_SCOPES.filter((scope) => !scope.endsWith('scriptapp'));
  expect(workspace.appsScript.run('mine')).toBe(OWNER);
  await workspace.grantScopes(OWNER, rest);
  expect(workspace.appsScript.run('mine')).toBe(403);
  const status = `const info = ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL); info.getAuthorizedScopes()`;
  expect(workspace.appsScript.run('evaluate', [status])).toEqual(rest);
  await workspace.grantScopes(OWNER, null);
  expect(workspace.appsScript.run('mine')).toBe(OWNER);
});

test('two executions at once: one refreshes in the middle of the other', async () => {
  signIn(workspace, begin(), office);
  await workspace.oauth({ rotate: 'strict' });
  const inner: unknown[] = [];
  workspace.appsScript.meanwhile(() => inner.push(workspace.appsScript.run('refresh')));
  // A script that does not look out for it loses the family.
  expect([workspace.appsScript.run('refresh'), inner]).toEqual([400, [200]]);
  expect((await workspace.tokensOf(OFFICE)).refreshTokens).toEqual([]);
});

test('the addresses are registered for the local client', () => {
  expect(LOCAL_OAUTH_CLIENT.redirectUris).toEqual([LOCAL_CALLBACK_URL, LOCAL_WEB_APP_URL]);
});
