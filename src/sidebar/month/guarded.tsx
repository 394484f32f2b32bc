/** Where the sidebar’s own mistakes end: in words, not in a blank page. */
import type { ComponentChildren, JSX } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { FailureNote } from './failure.tsx';

export function Guarded({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [thrown, again] = useErrorBoundary();
  if (thrown === undefined) return <>{children}</>;
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  const error = {
    code: 'sidebar-bug',
    what: `The sidebar made a mistake of its own and stopped (${words.slice(0, 200)}). What was begun on the server goes on.`,
    now: 'Try again. If it stays, close the sidebar and choose Purser › Open sidebar; the menu’s commands work without it.',
  };
  return (
    <main>
      <h1 class="unseen">Purser</h1>
      <FailureNote error={error} label="Try again" again={again} />
    </main>
  );
}
