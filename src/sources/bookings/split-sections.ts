/** A mail that numbers its bookings or heads them by reference: `[1] …`, `Booking 1 of 2`, `Booking #4711`. */
import type { MailLine } from './mail-text.ts';

const MARK =
  /^(?:\[(\d{1,2})\]|(?:booking|trip|reservation|ticket|charter|order|voucher|service|tour|item|buchung|reserva|réservation)\s(?:no\.?\s|#\s?)?(\d{1,2})(?:\s?(?:of|\/|von|de)\s?\d{1,2})?(?=\s?$|\s?[:.)–-])|#?(\d{1,2})[.)](?=\s))/iu;
/** A heading that is nothing but a reference: `Booking #4711`. */
const NAMED =
  /^(?:booking|reservation|order|ticket|charter|trip|buchung|reserva|réservation)\s(?:no\.?\s|nr\.?\s|n°\s?|#\s?)?([A-Z\d-]*\d{2}[A-Z\d-]*)\W{0,2}$/iu;
const MOST_SECTIONS = 100;

export interface Sections {
  readonly sections: readonly (readonly MailLine[])[];
  /** What stands around them and holds for all. */
  readonly shared: readonly MailLine[];
}

/** The sections that are numbered from one on, or headed each by its reference; null when there are none. The last ends where the first has its end, at a blank line. */
export function splitSections(lines: readonly MailLine[]): Sections | null {
  let starts: number[] = [];
  const named: number[] = [];
  const references = new Set<string>();
  for (const [index, { cells }] of lines.entries()) {
    const text = (cells[0] ?? '').slice(0, 60);
    const match = MARK.exec(text);
    if (match !== null && Number(match[1] ?? match[2] ?? match[3]) === starts.length + 1) starts.push(index);
    const reference = NAMED.exec(text)?.[1];
    if (reference !== undefined && !references.has(reference)) {
      references.add(reference);
      named.push(index);
    }
    if (starts.length + named.length > MOST_SECTIONS) return null;
  }
  if (starts.length < 2) starts = named;
  const [first = 0] = starts;
  if (starts.length < 2) return null;
  const last = starts[starts.length - 1] ?? 0;
  const isBlank = ({ cells }: MailLine) => cells.every((cell) => cell === '');
  const isSpaced = lines
    .slice(first, last)
    .some(
      (line, index, all) => isBlank(line) && index < all.length - 2 && !starts.includes(first + index + 1),
    );
  const blank = isSpaced ? -1 : lines.findIndex((line, index) => index > last && isBlank(line));
  const end = blank < 0 ? lines.length : blank;
  return {
    sections: starts.map((start, index) => lines.slice(start, starts[index + 1] ?? end)),
    shared: [...lines.slice(0, first), ...lines.slice(end)],
  };
}
