import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLACEHOLDER_SCRIPT_ID, readScriptId, setScriptId } from '../../scripts/set-script-id.ts';

/** 57 characters, as Google's script ids have. */
const ID = '1aB-cD_eF0123456789abcdefghijABCDEFGHIJ_-0123456789klmnop';
const OTHER = `9${ID.slice(1)}`;
const WORKBOOK_ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'script-id-'));
  file = join(folder, '.clasp.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function written(): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

test.each([
  ['the id itself', ID],
  ['the id with spaces around it', `  ${ID}\n`],
  ['the editor as clasp prints it', `https://script.google.com/d/${ID}/edit`],
  ['the editor as the browser shows it', `https://script.google.com/home/projects/${ID}/edit`],
  ['the editor of a second account', `https://script.google.com/u/1/home/projects/${ID}/edit?pli=1`],
  ['the editor of a domain', `https://script.google.com/a/blueheron.example/d/${ID}/edit#gid=0`],
  ['the settings page', `https://script.google.com/home/projects/${ID}/settings`],
])('a script id is read from %s', (_, pasted) => {
  expect(readScriptId(pasted)).toEqual({ id: ID });
});

test.each([
  ['nothing', '  ', /no script id/],
  ['the placeholder', PLACEHOLDER_SCRIPT_ID, /placeholder/],
  [
    'a workbook’s address',
    `https://docs.google.com/spreadsheets/d/${WORKBOOK_ID}/edit`,
    /address of the workbook/,
  ],
  ['a workbook’s id', WORKBOOK_ID, /44 characters, as a workbook/],
  [
    'a deployment’s address',
    `https://script.google.com/macros/s/AKfycb${ID}/exec`,
    /address of a deployment/,
  ],
  ['a deployment’s id', `AKfycb${ID}abcdefghi`, /id of a deployment/],
  ['another host', `https://script.google.com.example.com/d/${ID}/edit`, /not an address at/],
  ['an address without encryption', `http://script.google.com/d/${ID}/edit`, /not an address at/],
  ['the list of scripts', 'https://script.google.com/home', /not the address of a script/],
  ['an id with a character too strange', `${ID.slice(1)}!`, /57 letters, digits/],
  ['an id cut short', ID.slice(0, 40), /this has 40 characters/],
])('%s is refused, and says why', (_, pasted, words) => {
  expect(readScriptId(pasted)).toEqual({ problem: expect.stringMatching(words) });
});

test('the placeholder is replaced, and the other keys stay', () => {
  writeFileSync(file, JSON.stringify({ scriptId: PLACEHOLDER_SCRIPT_ID, rootDir: 'dist', projectId: 'p' }));
  const outcome = setScriptId([`https://script.google.com/d/${ID}/edit`], file);
  expect(outcome).toEqual({ exitCode: 0, words: expect.stringMatching(/npx clasp push --force/) });
  expect(outcome.words).not.toMatch(/It was/);
  expect(written()).toEqual({ scriptId: ID, rootDir: 'dist', projectId: 'p' });
});

test('an id that somebody set before is named when it is replaced', () => {
  writeFileSync(file, JSON.stringify({ scriptId: OTHER, rootDir: 'dist' }));
  expect(setScriptId([ID], file).words).toContain(`It was ${OTHER}.`);
});

test('a missing .clasp.json is made, for the folder that the build fills', () => {
  expect(setScriptId([ID], file).exitCode).toBe(0);
  expect(written()).toEqual({ rootDir: 'dist', scriptId: ID });
});

test('what is no script id changes nothing and is bad usage', () => {
  const before = JSON.stringify({ scriptId: OTHER, rootDir: 'dist' });
  writeFileSync(file, before);
  expect(setScriptId([WORKBOOK_ID], file)).toEqual({
    exitCode: 64,
    words: expect.stringMatching(/Nothing was changed/),
  });
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test.each([[[]], [[ID, OTHER]]])('the command needs exactly one id', (args: readonly string[]) => {
  expect(setScriptId(args, file)).toEqual({ exitCode: 64, words: expect.stringMatching(/One script id/) });
  expect(existsSync(file)).toBe(false);
});

test.each(['{"scriptId":', '[]', 'null'])('a .clasp.json that holds %s is left as it is', (text) => {
  writeFileSync(file, text);
  expect(setScriptId([ID], file).exitCode).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(text);
});
