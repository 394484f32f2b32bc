/** The running text of a part of a mail: sentences, with the lines that were read as labels left out. */
import type { MailLine } from './mail-text.ts';
import { findDates } from './read-date.ts';

const MOST_SENTENCES = 600;
const SHORTEST_WRAPPED_LINE = 45;
const LONGEST_SENTENCE_CHARACTERS = 600;

export function sentencesOf(lines: readonly MailLine[], used: ReadonlySet<number>): string[] {
  const sentences: string[] = [];
  let paragraph = '';
  let lastLength = 0;
  const finish = () => {
    if (paragraph !== '') sentences.push(...split(paragraph));
    paragraph = '';
  };
  for (const [index, line] of lines.entries()) {
    if (sentences.length >= MOST_SENTENCES) break;
    const text = line.cells.join(' ').trim();
    if (text === '' || used.has(index)) {
      finish();
      continue;
    }
    // A short line was not wrapped: what follows is another thing.
    if (paragraph.length > 3_000 || lastLength < SHORTEST_WRAPPED_LINE) finish();
    lastLength = text.length;
    paragraph = paragraph === '' ? text : `${paragraph} ${text}`;
  }
  finish();
  return sentences.slice(0, MOST_SENTENCES);
}

const ABBREVIATION =
  /(?:^|\s|\()(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nr|Ref|Conf|Res|Capt|approx|incl|excl|vs|p|a|e\.g|i\.e|M|S|Jr|Sr|\p{L})$/iu;

function split(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (let at = 0; at < paragraph.length; at++) {
    const character = paragraph[at];
    if (character !== '.' && character !== '!' && character !== '?') continue;
    const next = paragraph[at + 1];
    if (next !== undefined && next !== ' ') continue;
    if (character === '.' && next === ' ' && ABBREVIATION.test(paragraph.slice(Math.max(start, at - 8), at)))
      continue;
    // `30. Mai 2026`
    const isDay = character === '.' && /(?:^|\s)\d{1,2}$/.test(paragraph.slice(Math.max(0, at - 3), at));
    if (isDay && findDates(paragraph.slice(at - 2, at + 14)).length > 0) continue;
    sentences.push(paragraph.slice(start, at + 1).trim());
    start = at + 1;
  }
  sentences.push(paragraph.slice(start).trim());
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => sentence.slice(0, LONGEST_SENTENCE_CHARACTERS));
}
