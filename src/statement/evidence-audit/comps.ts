/** People who sail without paying: `comp-unexplained` and `comps-above-cap`. */
import { foldedWords } from '../matching/folding.ts';
import type { TripSheet } from '../trip-sheet.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { counted, linksTo, nameOf, worthOf, worthWords } from './question.ts';

export function compFindings(question: CharterInQuestion, input: EvidenceAuditInput): EvidenceDraft[] {
  const { charter, evidence, price } = question;
  if (!question.hasHeads || charter.comps === 0) return [];
  const links = linksTo(input, charter.id, [], evidence.sheets);
  const drafts: EvidenceDraft[] = [];
  const missing = missingWords(charter.compNotes, evidence.sheets);
  if (missing !== null) {
    const cents = worthOf(-charter.comps, price);
    drafts.push({
      code: 'comp-unexplained',
      charterId: charter.id,
      cents,
      message: `${nameOf(charter)} has ${counted(charter.comps, 'comp')} without ${missing}.${worthWords(cents, input.currency)} Write both into the comp notes, such as “Dana Whitlock, travel writer”.`,
      links,
    });
  }
  const cap = input.tolerances.compsPerCharter;
  if (cap !== null && charter.comps > cap) {
    const cents = worthOf(cap - charter.comps, price);
    drafts.push({
      code: 'comps-above-cap',
      charterId: charter.id,
      cents,
      message: `${nameOf(charter)} has ${counted(charter.comps, 'comp')}, ${charter.comps - cap} above the cap of ${cap}.${worthWords(cents, input.currency)} Correct them, or let the partners know why.`,
      links,
    });
  }
  return drafts;
}

interface Explained {
  readonly person: boolean;
  readonly reason: boolean;
}

/** What nobody says: `a person`, `a reason` or both; null when all is said. */
function missingWords(notes: string, sheets: readonly TripSheet[]): string | null {
  const note = explains(notes);
  const listed = sheets.filter((sheet) => sheet.comps.length > 0);
  const all = (said: (comp: TripSheet['comps'][number]) => boolean): boolean =>
    listed.some((sheet) => sheet.comps.every(said));
  const person = note.person || all((comp) => isSaid(comp.person));
  const reason = note.reason || all((comp) => isSaid(comp.reason));
  if (person && reason) return null;
  return person ? 'a reason' : reason ? 'a person' : 'a person and a reason';
}

/** Words that fill a field and say nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  'comp comps comped guest guests free complimentary na none nil tbd tba unknown yes no ok x n a person pax heads'.split(
    ' ',
  ),
);
/** Words that say why, or which sort of person, and are nobody's name. */
const REASONS: ReadonlySet<string> = new Set(
  (
    'crew trade apology apologies vip press media staff owner friend friends family travel writer agent promo ' +
    'promotion charity raffle voucher birthday contest winner sponsor inspection training office'
  ).split(' '),
);

/** `Dana Whitlock, travel writer`, `Ruth Adeyemi for a late departure`: a person and what stands beside the name. */
function explains(notes: string): Explained {
  const parts = notes
    .split(/[,;:()/\n–—]|\s-\s|\b(?:of|for|from|because|who|as|is|was)\b/i)
    .filter((part) => isSaid(part));
  const first = parts.findIndex(isPerson);
  return { person: first >= 0, reason: parts.length > (first >= 0 ? 1 : 0) };
}

function isSaid(text: string): boolean {
  return foldedWords(text).some((word) => !SAYS_NOTHING.has(word) && !/^\d+$/.test(word));
}

/** A word with a capital, or of letters that have none, that is not of those that give a reason. */
function isPerson(part: string): boolean {
  const words = part.match(/[\p{L}\p{M}'’.-]+/gu) ?? [];
  return words.some((word) => {
    const [folded = ''] = foldedWords(word);
    const isName = /^[^\p{Ll}]/u.test(word) && /^\p{L}/u.test(word);
    return isName && !REASONS.has(folded) && !SAYS_NOTHING.has(folded);
  });
}
