/** Titles for tabs that Purser makes beside a person's. */
import { wholeCharacters } from '../statement/cell-text.ts';
import { tabTitle } from '../statement/names.ts';
import type { Tab } from './tabs.ts';
import { tabTitled } from './tabs.ts';

/** A title that no tab has: a person's tab of the same title stays as it is. */
export function freeTitle(wanted: string, all: readonly Tab[], endingOf: (number: number) => string): string {
  for (let number = 1; ; number++) {
    const ending = endingOf(number);
    const title = `${wholeCharacters(tabTitle(wanted), 100 - ending.length).trim()}${ending}`;
    if (tabTitled(all, title) === null) return title;
  }
}

/** ` v1`, ` v1 (2)`: of the tabs of a version that another one has replaced. */
export function keptEnding(version: number): (number: number) => string {
  return (number) => ` v${version}${number > 1 ? ` (${number})` : ''}`;
}
