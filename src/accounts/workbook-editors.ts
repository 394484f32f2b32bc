/**
 * Who may edit the workbook. They are the boundary of all that Purser keeps: who may edit the workbook may edit its
 * script (developers.google.com/apps-script/guides/bound), which the owner's triggers then run.
 */
import type { DrivePermission } from '../clients/google/drive-permissions.ts';

export interface WorkbookEditors {
  /** The owner first; groups and domains named as such. */
  readonly names: readonly string[];
  /** Whoever has the link may edit, known to nobody. */
  readonly isOpen: boolean;
}

/** `organizer` and `fileOrganizer`: of shared drives (developers.google.com/workspace/drive/api/guides/ref-roles). */
const EDITING_ROLES: ReadonlySet<string> = new Set(['owner', 'organizer', 'fileOrganizer', 'writer']);

export function workbookEditors(permissions: readonly DrivePermission[]): WorkbookEditors {
  const editing = permissions.filter(({ role, deleted }) => EDITING_ROLES.has(role) && !deleted);
  const named = editing.filter(({ type }) => type !== 'anyone');
  const ownerFirst = [
    ...named.filter(({ role }) => role === 'owner'),
    ...named.filter(({ role }) => role !== 'owner'),
  ];
  return { names: ownerFirst.map(nameOf), isOpen: editing.some(({ type }) => type === 'anyone') };
}

function nameOf({ type, role, emailAddress, displayName, domain }: DrivePermission): string {
  const name = emailAddress || displayName || '(unnamed)';
  if (type === 'domain') return `everybody at ${domain || displayName || '(unnamed)'}`;
  if (type === 'group') return `the group ${name}`;
  return role === 'owner' ? `${name} (owner)` : name;
}
