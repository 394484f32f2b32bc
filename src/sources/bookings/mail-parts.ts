/** A mail taken apart into what was written now and what it quotes or forwards, newest first. */
import { isIsoDate } from '../../statement/month.ts';
import type { MailLine } from './mail-text.ts';
import { findDates, resolveDate } from './read-date.ts';
import { readTime } from './read-time.ts';

export interface MailPart {
  readonly role: 'new' | 'quoted' | 'forwarded';
  /** ISO 8601, when the header of the quote says when; its wall clock is taken for UTC, because it names no zone. */
  readonly saidAt: string | null;
  /** The quoted header's subject. */
  readonly subject: string | null;
  readonly lines: readonly MailLine[];
}

interface OpenPart {
  role: MailPart['role'];
  saidAt: string | null;
  subject: string | null;
  lines: MailLine[];
}

const FORWARD_MARK =
  /^[-—\s]{0,20}(?:forwarded message|forwarded by|begin forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato)\b/i;
const ORIGINAL_MARK =
  /^[-—\s]{2,20}(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)/i;
const HEADER =
  /^(from|von|de|sent|date|gesendet|envoyé|to|an|cc|subject|betreff|objet|reply-to)\s?:\s*(.*)$/i;
const ATTRIBUTION_END = /(?:wrote|schrieb[^:]{0,80}|a écrit|escribió|ha scritto|schreef[^:]{0,80})\s?:$/i;
const ATTRIBUTION_START = /^(?:on|am|le|el|il|op)\s/i;
const MOST_PARTS = 40;

const textOf = (line: MailLine | undefined) => (line === undefined ? '' : line.cells.join(' ').trim());

export function splitParts(lines: readonly MailLine[], subject: string): MailPart[] {
  const isForward = /^\s*(?:\[[^\]]{0,30}\]\s*)?(?:fwd?|wg|tr|rv|i)\s?:/i.test(subject);
  const first: OpenPart = { role: 'new', saidAt: null, subject: null, lines: [] };
  const parts: OpenPart[] = [first];
  /** The part that text at each depth belongs to. */
  let atDepth: (OpenPart | undefined)[] = [first];

  const openPart = (role: MailPart['role'], depth: number, saidAt: string | null, heading: string | null) => {
    if (parts.length >= MOST_PARTS) return;
    const part: OpenPart = { role, saidAt, subject: heading, lines: [] };
    parts.push(part);
    atDepth = atDepth.slice(0, depth);
    atDepth[depth] = part;
  };

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) continue;
    const text = textOf(line);
    if (text !== '') {
      const attribution = attributionAt(lines, index);
      if (attribution !== null) {
        const after = nextText(lines, attribution.end);
        const inner = after !== null && after.depth > line.depth ? after.depth : line.depth;
        openPart('quoted', inner, timeIn(attribution.text), null);
        index = attribution.end;
        continue;
      }
      const isMark = FORWARD_MARK.test(text) || ORIGINAL_MARK.test(text);
      const headerFrom = isMark ? nextTextIndex(lines, index) : index;
      const header = headerBlockAt(lines, headerFrom);
      if (isMark || header !== null) {
        const role = FORWARD_MARK.test(text) || isForward ? 'forwarded' : 'quoted';
        const end = header?.end ?? index;
        const after = nextText(lines, end);
        const depth = after !== null && after.depth > line.depth ? after.depth : line.depth;
        openPart(role, depth, header?.saidAt ?? null, header?.subject ?? null);
        index = end;
        continue;
      }
    }
    if (text !== '' && atDepth[line.depth] === undefined) {
      if (line.depth > atDepth.length - 1) openPart('quoted', line.depth, null, null);
    }
    // Text that comes back to a shallower depth goes on where that depth left off.
    if (text !== '') atDepth = atDepth.slice(0, line.depth + 1);
    partFor(atDepth, line.depth, first).lines.push(line);
  }
  const spoken = parts.filter((part) => part === first || part.lines.some((line) => textOf(line) !== ''));
  if (!first.lines.some((line) => textOf(line) !== '') && spoken.length > 1) {
    // Nothing new was written: what stands below was passed on, however its sender's program marks it.
    return spoken.slice(1).map((part, index) => (index === 0 ? { ...part, role: 'forwarded' } : part));
  }
  return spoken;
}

function partFor(atDepth: readonly (OpenPart | undefined)[], depth: number, first: OpenPart): OpenPart {
  for (let level = Math.min(depth, atDepth.length - 1); level >= 0; level--) {
    const part = atDepth[level];
    if (part !== undefined) return part;
  }
  return first;
}

function nextTextIndex(lines: readonly MailLine[], from: number): number {
  for (let index = from + 1; index < Math.min(lines.length, from + 6); index++) {
    if (textOf(lines[index]) !== '') return index;
  }
  return from;
}

function nextText(lines: readonly MailLine[], from: number): MailLine | null {
  const index = nextTextIndex(lines, from);
  return index === from ? null : (lines[index] ?? null);
}

/** `On Sun, May 3, 2026 at 10:21 AM Nadia <n@x.example> wrote:`, on up to three lines. */
function attributionAt(lines: readonly MailLine[], index: number): { end: number; text: string } | null {
  let text = textOf(lines[index]);
  if (!ATTRIBUTION_START.test(text) || text.length > 300) return null;
  for (let end = index; end < Math.min(index + 3, lines.length); end++) {
    if (end > index) text += ` ${textOf(lines[end])}`;
    if (ATTRIBUTION_END.test(text)) return { end, text };
  }
  return null;
}

function headerBlockAt(
  lines: readonly MailLine[],
  index: number,
): { end: number; saidAt: string | null; subject: string | null } | null {
  let end = index;
  let saidAt: string | null = null;
  let subject: string | null = null;
  const seen = new Set<string>();
  for (let at = index; at < Math.min(lines.length, index + 9); at++) {
    const line = lines[at];
    const text =
      line === undefined
        ? ''
        : line.cells
            .join(' ')
            .replace(/^(\S{2,10})\s:/, '$1:')
            .trim();
    const match = HEADER.exec(text);
    if (match === null) {
      if (text === '' && at > index && seen.size >= 2) break;
      if (text === '' || seen.size === 0) {
        if (seen.size === 0) return null;
        continue;
      }
      // A long list of recipients goes on over the line's end.
      if (text.includes('@') || text.startsWith('<')) continue;
      break;
    }
    const name = (match[1] ?? '').toLowerCase();
    seen.add(name);
    end = at;
    if (/^(?:sent|date|gesendet|envoyé)$/.test(name)) saidAt = timeIn(match[2] ?? '');
    if (/^(?:subject|betreff|objet)$/.test(name)) subject = match[2] ?? '';
  }
  const isFrom = /^(?:from|von|de)$/.test([...seen][0] ?? '');
  const others = ['sent', 'date', 'gesendet', 'envoyé', 'to', 'an', 'subject', 'betreff', 'objet'].filter(
    (name) => seen.has(name),
  );
  return isFrom && others.length >= 2 ? { end, saidAt, subject } : null;
}

function timeIn(text: string): string | null {
  const found = findDates(text)[0];
  if (found === undefined || found.year === null) return null;
  const { date } = resolveDate(found, { locale: 'month-first', seen: [], receivedAt: '' });
  if (date === null || !isIsoDate(date)) return null;
  const time = readTime(text.slice(found.end), 'month-first').time ?? '00:00';
  return `${date}T${time}:00Z`;
}
