/** Settings about the other two witnesses, read from their texts. */
import type { Cents } from '../statement/money.ts';
import { centsFromDollars } from '../statement/money.ts';
import { cut } from '../statement/short-text.ts';

type Bad = (why: string) => void;

/** Addresses and domains, as they stand in a Gmail search. */
export function readAgents(value: string, bad: Bad): string[] {
  const agents = value
    .split(/[,;\n]/)
    .map((part) =>
      part
        .trim()
        .replace(/^.*<([^<>]*)>$/, '$1')
        .replace(/^@/, ''),
    )
    .filter((part) => part !== '');
  for (const agent of agents) {
    if (!/^[^\s@"(){}:]+(@[^\s@"(){}:]+)?$/.test(agent))
      bad(`“${cut(agent)}” is neither a mail address nor a domain such as agent.example.`);
  }
  return agents;
}

/** `reference=Dossier, party size=Heads; party size=Pax` */
export function readWords<F extends string>(
  value: string,
  fields: readonly F[],
  bad: Bad,
): Partial<Record<F, readonly string[]>> {
  const words: Partial<Record<F, readonly string[]>> = {};
  for (const part of value.split(/[,;\n]/)) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim().replace(/\s+/g, ' ').toLowerCase();
    const word = part.slice(at + 1).trim();
    const field = fields.find((one) => one === name);
    if (at < 0 || field === undefined || word === '') {
      bad(`“${cut(part.trim())}” is not a field and a word such as “${fields[0]}=Our word”.`);
      continue;
    }
    words[field] = [...(words[field] ?? []), word];
  }
  return words;
}

/** The id of a folder from its link, or as it is. */
export function readFolder(value: string, bad: Bad): string | null {
  if (value === '') return null;
  const id = /\/folders\/([\w-]+)/.exec(value)?.[1] ?? /[?&]id=([\w-]+)/.exec(value)?.[1] ?? value;
  if (!/^[\w-]{4,200}$/.test(id)) bad(`“${cut(value)}” is neither the link nor the id of a Drive folder.`);
  return id;
}

/** Locales that write the month first (CLDR, short dates): the United States and what follows them. */
const MONTH_FIRST = new Set(['en_us', 'en', 'en_ph', 'fil_ph', 'es_pa', 'es_pr', 'en_pr', 'en_gu', 'en_vi']);

export function readDateOrder(value: string, locale: string, bad: Bad): 'month-first' | 'day-first' {
  const folded = value
    .trim()
    .replace(/[\s-]+/g, ' ')
    .toLowerCase();
  if (folded === 'month first') return 'month-first';
  if (folded === 'day first') return 'day-first';
  if (folded !== '') bad(`“${cut(value)}” is neither “month first” nor “day first”.`);
  return MONTH_FIRST.has(locale.replace('-', '_').toLowerCase() || 'en') ? 'month-first' : 'day-first';
}

export function readDollars(value: string, bad: Bad): Cents {
  const cents = centsFromDollars(value.replace(/^\$\s*/, ''));
  if (typeof cents === 'number') return cents;
  bad(`“${cut(value)}” is not an amount of dollars such as 0.50.`);
  return 0;
}
