/** Counts in words. */
import { groupThousands } from '../../statement/money.ts';

export const PEOPLE = ['person', 'people'] as const;

/** `1 person`, `1,200 people` */
export function counted(many: number, [one, more]: readonly [one: string, more: string]): string {
  return many === 1 ? `1 ${one}` : `${groupThousands(String(many))} ${more}`;
}
