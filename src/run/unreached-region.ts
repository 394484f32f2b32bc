/** What Set up… says of a region that could not be reached at all. */
import type { PurserError } from '../host/errors.ts';

/**
 * The error's words, and for an address that nobody answered also where that address comes from: a build may reach only
 * the regions that its manifest lists, and Apps Script says of others no more than of a broken line.
 */
export function wordsAboutRegion(
  error: PurserError,
  setting: 'Primary region' | 'Second region',
  region: string,
): string {
  if (error.code !== 'network-failed') return error.message;
  return `${error.message} If it stays: the setting “${setting}” is ${region}, and this build of Purser may not be allowed to reach that. Correct the setting, or ask whoever built Purser to build it with --regions for yours; then choose Set up… again.`;
}
