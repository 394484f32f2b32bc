/**
 * The search of Gmail's `q`: support.google.com/mail/answer/7190 and
 * developers.google.com/workspace/gmail/api/guides/filtering.
 */

import type { MailText } from './mail-text.ts';
import { words } from './mail-text.ts';

export interface MailFacts {
  readonly labelIds: readonly string[];
  readonly internalDateMs: number;
  readonly sizeBytes: number;
  /** Null until the message was read for searching, which costs more than the rest. */
  readonly text: MailText | null;
}

export interface QueryContext {
  readonly nowMs: number;
  /** Who `me` is. */
  readonly email: string;
  /** The id of a label by the name that a person uses in a search, or null. */
  labelId(name: string): string | null;
}

type Node =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'fact'; test(facts: MailFacts): boolean }
  | { readonly kind: 'text'; test(text: MailText): boolean };

export interface MailQuery {
  /** Undefined when that can't be said before the text is read. */
  matches(facts: MailFacts): boolean | undefined;
  /** Whether the search itself looks into spam and trash. */
  readonly everywhere: boolean;
}

const TEXT_OPERATORS = ['from', 'to', 'cc', 'bcc', 'subject', 'filename', 'rfc822msgid', 'has'];
const FACT_OPERATORS =
  'in label is category after newer before older newer_than older_than larger smaller size'.split(' ');
const OPERATORS = new Set([...TEXT_OPERATORS, ...FACT_OPERATORS]);

/** Never fails: what Gmail doesn't understand it takes for words. */
export function parseMailQuery(q: string, context: QueryContext): MailQuery {
  let at = 0;
  let everywhere = false;

  const sequence = (end: ')' | '}' | null, operator: string | null, negated: boolean): Node => {
    const groups: Node[][] = [];
    let joined = false;
    for (;;) {
      at += /^\s*/.exec(q.slice(at))?.[0].length ?? 0;
      const next = q[at];
      if (next === undefined) break;
      if (next === ')' || next === '}') {
        at += 1;
        if (next === end) break;
        continue;
      }
      const keyword = /^(OR|AND)(?=[\s(){}"]|$)/.exec(q.slice(at))?.[1];
      if (keyword !== undefined) {
        at += keyword.length;
        joined = keyword === 'OR' && groups.length > 0;
        continue;
      }
      const node = term(operator, negated);
      if (node) {
        // OR binds its two neighbours before the AND between words: `a b OR c` is a and (b or c).
        const last = groups.at(-1);
        if (joined && last) last.push(node);
        else groups.push([node]);
      }
      joined = false;
    }
    if (end === '}') return { kind: 'any', of: groups.flat() };
    return { kind: 'all', of: groups.map((group): Node => ({ kind: 'any', of: group })) };
  };

  const term = (operator: string | null, negated: boolean): Node | null => {
    const first = q[at];
    if (first === '-' && /^-[^\s)}]/.test(q.slice(at))) {
      at += 1;
      const node = term(operator, !negated);
      return node && { kind: 'not', of: node };
    }
    if (first === '(' || first === '{') {
      at += 1;
      return sequence(first === '(' ? ')' : '}', operator, negated);
    }
    if (first === '"') return leaf(operator, quoted(), negated);
    const word = /^[^\s(){}"]+/.exec(q.slice(at))?.[0] ?? '';
    const match = operator === null ? /^\+?([a-z0-9_]+):(.*)$/is.exec(word) : null;
    const name = match?.[1]?.toLowerCase();
    if (match && name !== undefined && OPERATORS.has(name)) {
      at += word.length;
      const value = match[2] ?? '';
      if (value !== '') return leaf(name, value, negated);
      const next = q[at];
      if (next === '(' || next === '{' || next === '"') return term(name, negated);
      return null;
    }
    at += Math.max(1, word.length);
    return leaf(operator, word, negated);
  };

  const quoted = (): string => {
    const end = q.indexOf('"', at + 1);
    const text = q.slice(at + 1, end < 0 ? q.length : end);
    at = end < 0 ? q.length : end + 1;
    return text;
  };

  const leaf = (operator: string | null, value: string, negated: boolean): Node | null => {
    if ((operator === 'in' || operator === 'label') && !negated && /^(anywhere|trash|spam)$/i.test(value)) {
      everywhere = true;
    }
    const known =
      operator === null ? null : (factNode(operator, value, context) ?? textNode(operator, value, context));
    if (known) return known;
    const phrase = words(operator === null ? value : `${operator} ${value}`);
    return phrase === ' ' ? null : { kind: 'text', test: (text) => text.everything.includes(phrase) };
  };

  const root = sequence(null, null, false);
  return { matches: (facts) => evaluate(root, facts), everywhere };
}

function evaluate(node: Node, facts: MailFacts): boolean | undefined {
  switch (node.kind) {
    case 'fact':
      return node.test(facts);
    case 'text':
      return facts.text === null ? undefined : node.test(facts.text);
    case 'not': {
      const inner = evaluate(node.of, facts);
      return inner === undefined ? undefined : !inner;
    }
    default: {
      const decisive = node.kind === 'any';
      let open = false;
      for (const part of node.of) {
        const result = evaluate(part, facts);
        if (result === decisive) return decisive;
        if (result === undefined) open = true;
      }
      return open ? undefined : !decisive;
    }
  }
}

function textNode(operator: string, value: string, context: QueryContext): Node | null {
  if (operator === 'has') {
    return /^attachments?$/i.test(value)
      ? { kind: 'text', test: (text) => text.hasAttachment }
      : { kind: 'text', test: () => false };
  }
  if (operator === 'rfc822msgid') {
    const wanted = value.replace(/^<|>$/g, '');
    return { kind: 'text', test: (text) => text.messageId === wanted };
  }
  const phrase = words(/^me$/i.test(value) && operator !== 'subject' ? context.email : value);
  if (phrase === ' ') return null;
  switch (operator) {
    case 'from':
      return { kind: 'text', test: (text) => text.from.includes(phrase) };
    case 'to':
      return {
        kind: 'text',
        test: (text) => [text.to, text.cc, text.bcc].some((field) => field.includes(phrase)),
      };
    case 'cc':
      return { kind: 'text', test: (text) => text.cc.includes(phrase) };
    case 'bcc':
      return { kind: 'text', test: (text) => text.bcc.includes(phrase) };
    case 'subject':
      return { kind: 'text', test: (text) => text.subject.includes(phrase) };
    case 'filename':
      return { kind: 'text', test: (text) => text.filenames.some((name) => name.includes(phrase)) };
    default:
      return null;
  }
}

const PLACES: Readonly<Record<string, string>> = {
  chats: 'CHAT',
  draft: 'DRAFT',
  drafts: 'DRAFT',
  important: 'IMPORTANT',
  inbox: 'INBOX',
  sent: 'SENT',
  spam: 'SPAM',
  starred: 'STARRED',
  trash: 'TRASH',
  unread: 'UNREAD',
};

function factNode(operator: string, value: string, context: QueryContext): Node | null {
  const name = value.toLowerCase();
  const labelled = (id: string | null): Node => ({
    kind: 'fact',
    test: (facts) => id !== null && facts.labelIds.includes(id),
  });
  const dated = (test: (ms: number) => boolean): Node => ({
    kind: 'fact',
    test: (facts) => test(facts.internalDateMs),
  });
  switch (operator) {
    case 'in':
    case 'label':
    case 'is':
      if (operator === 'in' && name === 'anywhere') return { kind: 'fact', test: () => true };
      if (name === 'read') return { kind: 'not', of: labelled('UNREAD') };
      return labelled(PLACES[name] ?? (operator === 'is' ? null : context.labelId(value)));
    case 'category':
      return labelled(`CATEGORY_${name === 'primary' ? 'PERSONAL' : name.toUpperCase()}`);
    case 'after':
    case 'newer': {
      const from = momentMs(value);
      return from === null ? null : dated((ms) => ms >= from);
    }
    case 'before':
    case 'older': {
      const until = momentMs(value);
      return until === null ? null : dated((ms) => ms < until);
    }
    case 'newer_than':
    case 'older_than': {
      const border = agoMs(value, context.nowMs);
      if (border === null) return null;
      return dated(operator === 'newer_than' ? (ms) => ms >= border : (ms) => ms < border);
    }
    case 'larger':
    case 'size':
    case 'smaller': {
      const match = /^(\d+)([km])?b?$/i.exec(value);
      if (!match) return null;
      const unit = match[2]?.toLowerCase();
      const bytes = Number(match[1]) * (unit === 'm' ? 1_048_576 : unit === 'k' ? 1024 : 1);
      return {
        kind: 'fact',
        test: ({ sizeBytes }) => (operator === 'smaller' ? sizeBytes < bytes : sizeBytes > bytes),
      };
    }
    default:
      return null;
  }
}

/**
 * A date is midnight in the Pacific zone; other zones must give epoch seconds
 * (developers.google.com/workspace/gmail/api/guides/filtering).
 */
function momentMs(value: string): number | null {
  if (/^\d{9,11}$/.test(value)) return Number(value) * 1000;
  const match = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day);
  if (new Date(utc).getUTCDate() !== day || new Date(utc).getUTCMonth() + 1 !== month) return null;
  const summer = utc + 7 * 3_600_000;
  return pacificHour(summer) === 0 ? summer : utc + 8 * 3_600_000;
}

const PACIFIC = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hour: 'numeric',
  hourCycle: 'h23',
});

function pacificHour(ms: number): number {
  return Number(PACIFIC.format(ms));
}

/** `2d`, `3m` or `1y` before now. */
function agoMs(value: string, nowMs: number): number | null {
  const match = /^(\d{1,4})([dmy])$/i.exec(value);
  if (!match) return null;
  const count = Number(match[1]);
  const unit = match[2]?.toLowerCase();
  if (unit === 'd') return nowMs - count * 86_400_000;
  const moment = new Date(nowMs);
  if (unit === 'm') moment.setUTCMonth(moment.getUTCMonth() - count);
  else moment.setUTCFullYear(moment.getUTCFullYear() - count);
  return moment.getTime();
}
