/** Settings about calendars: what they are, and their texts read. */
import { decodeURLSafe } from '@stablelib/base64';
import { decode as utf8Text } from '@stablelib/utf8';
import { foldedWords } from '../statement/matching/folding.ts';
import { cut } from '../statement/short-text.ts';

export const CALENDAR_SETTINGS = [
  {
    key: 'Charters calendar',
    fallback: '',
    meaning:
      'Link or id of the Google calendar that every charter is written to; “primary”: that of the person who set Purser up, who must be allowed to change events there. Empty: none.',
  },
  {
    key: 'Charter lasts',
    fallback: '120',
    meaning: 'Minutes from departure to return, 5 to 1440: how long a charter is in calendars.',
  },
  {
    key: 'Calendar words',
    fallback: 'charter, cruise, sail, tour',
    meaning:
      'Words, separated by commas, that make an event of the Charters calendar a trip though it names no vessel.',
  },
] as const;

/** What stands before a calendar's id in links that Google Calendar gives: shared, embedded, as iCal, its settings. */
const LINK = /(?:[?&](?:cid|src)=|\/calendar\/ical\/|\/settings\/calendar\/)([^&#/?]+)/g;
/** It looks like a mail address; those of Google's own calendars have a `#`. */
const ID = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * The id of a calendar, in lower case: typed as an id, as `primary`, or within a link, where it is percent-encoded or
 * in base64. Null: none.
 */
export function readCalendar(value: string, bad: (why: string) => void): string | null {
  if (value === '') return null;
  const isLink = /^[a-z]+:\/\/|^calendar\.google\.com\//i.test(value);
  const ids = isLink ? new Set([...value.matchAll(LINK)].map(([, text = '']) => idOf(text))) : [value];
  const [id = '', ...others] = [...ids].map((one) => one.toLowerCase());
  if (others.length > 0) bad(`“${cut(value)}” names several calendars; Purser takes one.`);
  else if (id !== 'primary' && !(ID.test(id) && id.length <= 254)) {
    bad(`“${cut(value)}” is neither the link nor the id of a Google calendar.`);
  }
  return id;
}

/** As it stands in a link; empty when it can't be made out. */
function idOf(text: string): string {
  try {
    const plain = decodeURIComponent(text);
    if (plain.includes('@')) return plain;
    return utf8Text(decodeURLSafe(plain.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')));
  } catch {
    return '';
  }
}

/** Each folded, as `foldedWords` of an event's title are; several words make one that is looked for whole. */
export function readCalendarWords(value: string): string[] {
  const words = value.split(/[,;\n]/).map((part) => foldedWords(part).join(' '));
  return [...new Set(words)].filter((word) => word !== '');
}
