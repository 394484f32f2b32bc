/** Scopes of connected accounts in the words of the person who did not grant them. */

const GOOGLE = 'https://www.googleapis.com/auth/';

const WORDS: Readonly<Record<string, string>> = {
  'gmail.send': 'send mail',
  'gmail.readonly': 'read mail',
  'calendar.events': 'see and change events of calendars',
  'calendar.calendarlist.readonly': 'see the list of calendars',
};

/** `send mail` for `https://www.googleapis.com/auth/gmail.send`; the scope itself when it has no words. */
export function scopeWords(scope: string): string {
  return WORDS[scope.startsWith(GOOGLE) ? scope.slice(GOOGLE.length) : scope] ?? scope;
}
