/** The point “A month that you sent already”. */
import { readMadeAgain } from '../../run/made-again.ts';
import { dateLabel, monthLabel } from '../../statement/month.ts';
import type { Found } from './found.ts';
import { attention, good } from './found.ts';

/** What the last comparison came to; no call. @param properties of the document */
export function testMakeAgain(properties: Readonly<Record<string, string>>): Found {
  const made = readMadeAgain(properties);
  if (made === null) {
    return attention(
      ['No month was made again yet.'],
      'Choose a month that you have sent, and the tab that has it as it was sent.',
    );
  }
  const { month, tabTitle, on, comparedCells, allDifferences } = made;
  const words = `${monthLabel(month)} was made again on ${dateLabel(on)} and compared with the tab “${tabTitle}”`;
  if (allDifferences === 0) return good([`${words}: all ${comparedCells} cells are the same.`]);
  const are = allDifferences === 1 ? 'is' : 'are';
  return attention(
    [`${words}: ${allDifferences} of ${comparedCells} cells ${are} different.`],
    'Make it again to see which. Where the tab is right, correct the charters, the rates, the settings or the Template.',
  );
}
