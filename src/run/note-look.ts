/** What a look at a sent month leaves behind: its state, and the words in its register row. */
import type { Call } from '../clients/exchange.ts';
import type { ValueRange } from '../clients/google/sheets.ts';
import { putValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { cellText } from '../statement/cell-text.ts';
import { columnName } from '../statement/grid.ts';
import { changeSummary, itemWords } from '../statement/open-change.ts';
import { cut } from '../statement/short-text.ts';
import { REGISTER_COLUMNS, readRegister } from '../workbook/register.ts';
import type { Look } from './look-again.ts';
import type { WatchChoice, WatchState } from './watch-state.ts';
import { changeWatch } from './watch-state.ts';

/** All states together must fit into the store, and each into its 9 KB. */
const MOST_LINES = 10;
const LONGEST_LINE = 160;

export interface Noted {
  readonly before: WatchState;
  readonly after: WatchState;
  /** Writes the register’s cells; null when they say so already, or the rows are not there. */
  readonly cell: Call<unknown> | null;
}

/**
 * The look counts for its day once all that follows is done: `lookedOn` is the caller’s.
 * @param choice what a person has just decided; what was decided before when there is none
 */
export function noteLook(host: Host, look: Look, choice: WatchChoice | null = null): Noted {
  const { month, version } = look.record.statement;
  let before: WatchState | null = null;
  const after = changeWatch(host, month, version, (state) => {
    before = state;
    const decided = choice ?? state.choice;
    const { change } = look;
    const isOpen = change !== null && !change.isCarried && change.hash !== decided?.hash;
    return {
      ...state,
      triedMs: host.now(),
      silentSinceMs: null,
      isLeftAlone: false,
      trouble: null,
      choice: decided,
      open: isOpen ? openOf(look) : null,
    };
  });
  return { before: before ?? after, after, cell: registerCell(look, after) };
}

function openOf({ change, sent }: Look): WatchState['open'] {
  if (change === null) return null;
  const { currency } = sent.statement;
  const { hash, deltaCents, items } = change;
  const lines = items
    .slice(0, items.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES)
    .map((item) => cut(itemWords(item, currency), LONGEST_LINE));
  const rest = items.length - lines.length;
  return {
    hash,
    deltaCents,
    summary: changeSummary(change, currency),
    lines: rest === 0 ? lines : [...lines, `and ${rest} more charters`],
  };
}

const FINDINGS = REGISTER_COLUMNS.findIndex(({ header }) => header === 'Findings');

function registerCell({ record, register, access, ...look }: Look, state: WatchState): Call<unknown> | null {
  const { month, version } = record.statement;
  if (register === null) return null;
  const tab = register.range.slice(0, register.range.lastIndexOf('!'));
  const cells = readRegister(register.values).flatMap((row): ValueRange[] => {
    if (row.month !== month || row.version > version) return [];
    const there = String(register.values[row.row]?.[FINDINGS] ?? '');
    const text = row.version < version ? corrected(there, version) : withNote(there, noteOf(look, state));
    if (text === there) return [];
    const range = `${tab}!${columnName(FINDINGS)}${row.row + 1}`;
    return [{ range, values: [[cellText(text)]] }];
  });
  return cells.length === 0 ? null : putValues(access, 'Note in the register a change after sending', cells);
}

/** What was decided stands beside the whole difference, of which nothing may be left open. */
function noteOf(
  { change, differences, sent }: Pick<Look, 'change' | 'differences' | 'sent'>,
  state: WatchState,
): string | null {
  const { currency } = sent.statement;
  if (change === null) return null;
  if (state.open !== null) return state.open.summary;
  const cents = differences?.deltaCents ?? change.deltaCents;
  const decided = cut(state.choice?.words ?? 'carried', 80).replace(/[()]/g, ' ');
  return changeSummary({ ...change, deltaCents: cents }, currency, `; ${decided}`);
}

const NOTE = /(?:, )?changed-after-sending [^()]*\([^()]*\)/g;

/** The words of this look in place of those of an earlier one; what else the cell says stays. */
function withNote(cell: string, note: string | null): string {
  const others = cell.replace(NOTE, '').replace(/^, /, '');
  const own = note === null ? [] : [`changed-after-sending ${note}`];
  return [others, ...own].filter((part) => part !== '').join(', ');
}

/** Nobody is asked any more about what a statement said that another one has replaced. */
function corrected(cell: string, version: number): string {
  return cell.replace(NOTE, (note) =>
    note.includes(';') ? note : note.replace(/\)$/, `; corrected by version ${version})`),
  );
}
