import { workbookEditors } from '../../src/accounts/workbook-editors.ts';
import type { DrivePermission } from '../../src/clients/google/drive-permissions.ts';

function permission(more: Partial<DrivePermission>): DrivePermission {
  return {
    type: 'user',
    role: 'writer',
    emailAddress: '',
    displayName: '',
    domain: '',
    deleted: false,
    ...more,
  };
}

test('editors are named, the owner first; readers and accounts that are gone are not', () => {
  const { names, isOpen } = workbookEditors([
    permission({ emailAddress: 'reader@x.example', role: 'reader' }),
    permission({ emailAddress: 'commenter@x.example', role: 'commenter' }),
    permission({ emailAddress: 'kai@x.example' }),
    permission({ emailAddress: 'gone@x.example', deleted: true }),
    permission({ type: 'group', emailAddress: 'crew@x.example' }),
    permission({ type: 'domain', domain: 'x.example', displayName: 'X Ltd' }),
    permission({ emailAddress: 'manager@x.example', role: 'organizer' }),
    permission({ emailAddress: 'nora@x.example', role: 'owner' }),
  ]);
  expect(names).toEqual([
    'nora@x.example (owner)',
    'kai@x.example',
    'the group crew@x.example',
    'everybody at x.example',
    'manager@x.example',
  ]);
  expect(isOpen).toBe(false);
});

test('a link that lets anyone edit opens the workbook; one that lets them read does not', () => {
  expect(workbookEditors([permission({ type: 'anyone', role: 'reader' })]).isOpen).toBe(false);
  expect(workbookEditors([permission({ type: 'anyone' })])).toEqual({ names: [], isOpen: true });
});
