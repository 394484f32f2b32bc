/** The sidebar's calls as its page makes them: over google.script.run, typed by the contract. */
import type { RunOptions } from '../../scripts/local/apps-script/apps-script.ts';
import type { Answer, SidebarCalls } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';

export type Calls = ReturnType<typeof sidebarOf>;

/** @param options who calls, and from where */
export function sidebarOf(purser: Purser, options: RunOptions = {}) {
  return <Name extends keyof SidebarCalls>(
    name: Name,
    ...parameters: Parameters<SidebarCalls[Name]>
  ): ReturnType<SidebarCalls[Name]> =>
    purser.appsScript().call(name, parameters, options) as ReturnType<SidebarCalls[Name]>;
}

/** Of an answer that is no error. */
export function resultOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.error.code}: ${answer.error.what} ${answer.error.now}`);
}

/** Calls that leave the script while `action` runs. */
export function hostCalls(purser: Purser, action: () => unknown): number {
  const before = purser.appsScript().counts.host;
  action();
  return purser.appsScript().counts.host - before;
}
