/** What must hold whatever happened. */
import { createHash } from 'node:crypto';
import exceljs from 'exceljs';
import { simpleParser } from 'mailparser';
import { zoneOffsetMs } from '../local/apps-script/zone.ts';
import type { Cells, Mail, Observed } from './observe.ts';
import type { Played } from './play.ts';
import { SENDER, ZONE } from './scene.ts';

/** What a clean run leaves behind, twice at different times: what differs between them depends on the time. */
export interface Expected {
  readonly first: Observed;
  readonly later: Observed;
}

export type Outcome = 'sent' | 'unknown' | 'held' | 'stopped';

export interface Checked {
  readonly outcome: Outcome;
  readonly violations: readonly string[];
}

/** Words that tell a person what to do, or that Purser goes on by itself. */
const WAY_ON =
  /choose|try again|run again|goes on|looks again|tries again|look into|open|enter |connect|set up|report this|wait/i;

export async function check(
  observed: Observed,
  expected: Expected,
  played: Pick<Played, 'noticed' | 'isEdited' | 'lostRow'>,
): Promise<Checked> {
  const violations: string[] = [];
  const say = (words: string): void => {
    violations.push(words);
  };
  checkTabs(observed, expected, played.isEdited, say);
  await checkMail(observed, expected, played.isEdited, say);
  checkFiles(observed, say);
  checkRecords(observed, played.lostRow, say);
  checkRemains(observed, say);
  for (const words of played.noticed) say(words);
  const outcome = outcomeOf(observed);
  if (outcome !== 'sent') checkTold(observed, say);
  return { outcome, violations };
}

function outcomeOf({ record, registered }: Observed): Outcome {
  if (record?.state === 'sent' && record.recordedAt !== undefined) return 'sent';
  if (record?.state === 'unknown') return 'unknown';
  return registered === 'held' ? 'held' : 'stopped';
}

type Say = (words: string) => void;

function checkTabs(observed: Observed, { first, later }: Expected, isEdited: boolean, say: Say): void {
  const { monthTabs, auditTabs, tabs, record } = observed;
  const visible = monthTabs.filter(({ hidden }) => !hidden);
  if (visible.length > 1) say(`${visible.length} visible month tabs`);
  if (monthTabs.some(({ hidden }) => hidden)) say('a hidden month tab');
  if (!isEdited && record?.state === 'sent' && visible.length !== 1) say('sent, and no month tab');
  const staging = tabs.filter(({ marks }) => marks['purser.staging'] !== undefined);
  if (staging.length > 0) say(`staging tab left: ${staging.map(({ title }) => title).join(', ')}`);
  const known = new Set(first.tabs.map(({ title }) => title));
  const strange = tabs.filter(({ title }) => !known.has(title));
  if (!isEdited && strange.length > 0) say(`strange tab: ${strange.map(({ title }) => title).join(', ')}`);
  if (auditTabs.length > 1) say(`${auditTabs.length} audit tabs`);
  if (isEdited) return;
  for (const tab of visible) {
    const wrong = differing(tab.cells, first.monthTabs[0]?.cells ?? {}, later.monthTabs[0]?.cells ?? {});
    if (wrong !== null) say(`the month tab is not whole: ${wrong}`);
  }
  if (visible.length === 1 && auditTabs.length !== 1) say('a month tab without its audit');
}

/** The first cell that is not as expected, but for those that depend on the time. */
export function differing(cells: Cells, first: Cells, later: Cells): string | null {
  for (const name of new Set([...Object.keys(first), ...Object.keys(cells)])) {
    const [is, one, other] = [cells, first, later].map((of) =>
      JSON.stringify([of[name]?.input, of[name]?.value]),
    );
    if (one === other && is !== one) return `${name} is ${is}, not ${one}`;
  }
  return null;
}

/** The month’s cells that are the same whenever it is made, whatever somebody did to its tab. */
function timeless({ first, later }: Expected): Cells {
  const cells = first.monthTabs[0]?.cells ?? {};
  const others = later.monthTabs[0]?.cells ?? {};
  return Object.fromEntries(
    Object.entries(cells).filter(([name, { value }]) => others[name]?.value === value),
  );
}

async function checkMail(observed: Observed, expected: Expected, isEdited: boolean, say: Say): Promise<void> {
  const { first } = expected;
  const { statements, record, files, monthTabs } = observed;
  if (statements.length > 1) say(`SENT TWICE: ${statements.length} statement mails`);
  for (const mail of statements) {
    for (const name of ['to', 'cc', 'subject', 'from', 'x-purser-statement']) {
      const wanted = first.statements[0]?.headers[name];
      if (mail.headers[name] !== wanted) say(`${name} is ${mail.headers[name]}, not ${wanted}`);
    }
    const attached = await attachmentOf(mail);
    if (record?.statement !== undefined && attached.sha256 !== record.statement.sha256)
      say('the record has another hash than the attachment');
    if (!files.some(({ sha256Checksum }) => sha256Checksum === attached.sha256))
      say('the attachment is not the filed file');
    const [tab] = monthTabs;
    const wrong = tab === undefined || isEdited ? null : unlike(attached.values, tab.cells);
    if (wrong !== null) say(`the attachment is not the month tab: ${wrong}`);
    const strange = unlike(attached.values, timeless(expected));
    if (strange !== null) say(`the attachment is not the month: ${strange}`);
  }
}

interface Attachment {
  readonly sha256: string;
  /** By A1 name: what a spreadsheet program shows. */
  readonly values: ReadonlyMap<string, string | number>;
}

/** By the mail’s bytes: most scenarios end with the same. */
const read = new Map<string, Promise<Attachment>>();

function attachmentOf({ raw }: Mail): Promise<Attachment> {
  const key = createHash('sha256').update(raw).digest('hex');
  const known = read.get(key) ?? readAttachment(raw);
  read.set(key, known);
  return known;
}

async function readAttachment(raw: Buffer): Promise<Attachment> {
  const { attachments } = await simpleParser(raw);
  const bytes = attachments[0]?.content ?? Buffer.alloc(0);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer as ArrayBuffer);
  const values = new Map<string, string | number>();
  workbook.worksheets[0]?.eachRow((row) => {
    row.eachCell((cell) => {
      const value: unknown = cell.formula === undefined ? cell.value : cell.result;
      if (typeof value === 'string' || typeof value === 'number') values.set(cell.address, value);
    });
  });
  return { sha256: createHash('sha256').update(bytes).digest('hex'), values };
}

/** The first number or text of the tab that the file has otherwise. */
function unlike(values: Attachment['values'], cells: Cells): string | null {
  for (const [name, { value, formatted }] of Object.entries(cells)) {
    const there = values.get(name);
    // Dates are numbers in a sheet and dates in a file; booleans and blanks say nothing about money.
    if (there === undefined || value === null || value === '') continue;
    if (there !== value && String(there) !== formatted) return `${name} is ${there}, not ${value}`;
  }
  return null;
}

function checkFiles({ files, record }: Observed, say: Say): void {
  const count = (key: string): number =>
    files.filter(({ appProperties }) => appProperties[key] !== undefined).length;
  for (const key of ['purserStatement', 'purserEvidence', 'purserCopy']) {
    if (count(key) > 1) say(`${count(key)} files of ${key}`);
  }
  if (record?.state === 'sent' && count('purserStatement') !== 1) say('sent, and no statement file');
}

function checkRecords(
  { record, statements, registered, monthTabs }: Observed,
  lostRow: string | null,
  say: Say,
): void {
  const state = record?.state ?? 'none';
  const out = statements.length > 0;
  if (state === 'sending') say('the record still says sending');
  if (out && state !== 'sent' && state !== 'unknown') say(`the mail is out, and the record says ${state}`);
  if (out && state === 'unknown') say('the mail is in Sent, and nobody looked');
  if (!out && state === 'sent') say('the record says sent, and there is no mail');
  if (state === 'sent' && record?.recordedAt === undefined) say('sent, and never recorded');
  // A person may delete the tab, with the row that said so; the outbox knows all the same. One that was not written yet is.
  const isGone = registered === null && lostRow === 'sent';
  if (state === 'sent' && registered !== 'sent' && !isGone) say(`sent, and the register says ${registered}`);
  if (state !== 'sent' && /^sent/.test(registered ?? '')) say(`the register says sent, the record ${state}`);
  if (state === 'unknown' && registered !== 'unknown') say(`unknown, and the register says ${registered}`);
  if (state === 'sent' && monthTabs.length > 1) say('two month tabs');
}

function checkRemains(
  { triggers, properties, userProperties, nowMs, liveTokens, notices }: Observed,
  say: Say,
): void {
  const handlers = triggers.map(({ handler }) => handler).sort();
  if (handlers.join() !== 'monthlyStatement,syncCalendars,tick') say(`triggers: ${handlers.join(', ')}`);
  for (const [key, json] of [...Object.entries(properties), ...Object.entries(userProperties)]) {
    if (!key.startsWith('lease.')) continue;
    const { expiresMs = 0 } = parsed(json) as { readonly expiresMs?: number };
    if (expiresMs > nowMs) say(`${key} is held until ${new Date(expiresMs).toISOString()}`);
  }
  if (userProperties['aws.credentials'] === undefined) say('the way into AWS is lost');
  if (liveTokens !== null) {
    const account = Object.entries(userProperties).find(([key]) => /^account\.\d+$/.test(key));
    const { refreshToken, email } = parsed(account?.[1] ?? '{}') as { refreshToken?: string; email?: string };
    if (email !== SENDER) say('the connected account is lost');
    else if (refreshToken === undefined || !liveTokens.includes(refreshToken)) say('a refresh token is lost');
  }
  const seen = new Set<string>();
  for (const { headers, atMs } of notices) {
    const day = new Date(atMs + zoneOffsetMs(atMs, ZONE)).toISOString().slice(0, 10);
    const key = `${day} ${headers.subject}`;
    if (seen.has(key)) say(`two notices of one cause on one day: ${key}`);
    seen.add(key);
  }
}

function checkTold({ notices, dialogs, record }: Observed, say: Say): void {
  const told = [...notices.map(({ raw }) => plainText(raw)), ...dialogs];
  if (told.length === 0) say(`not sent (${record?.state ?? 'no record'}), and nobody was told`);
  else if (!told.some((words) => WAY_ON.test(words))) say('told, but of no way on');
}

/** Of all parts; Purser writes base64. */
function plainText(raw: Buffer): string {
  const parts = raw.toString('latin1').matchAll(/base64\r\n\r\n([\w+/=\r\n]+)/g);
  return [...parts].map(([, part = '']) => Buffer.from(part, 'base64').toString()).join('\n');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return {};
  }
}
