/** Subjects of mails that hold a statement and are none: what looks for statements leaves them out. */

/** Of a copy for somebody else. */
export function copySubject(subject: string): string {
  return `Copy: ${subject}`;
}

/** Of a test of a statement, to whoever asked for it. */
export function testSubject(subject: string): string {
  return `Test: ${subject}`;
}

/** A search stands in the URL, of which UrlFetchApp takes 2 KB (developers.google.com/apps-script/guides/services/quotas). */
const LONGEST_NAMED_TWICE = 120;

/** Those that a search for this subject should leave out; of a long one only copies, which are many. */
export function otherSubjects(subject: string): readonly string[] {
  return subject.length > LONGEST_NAMED_TWICE
    ? [copySubject(subject)]
    : [copySubject(subject), testSubject(subject)];
}
