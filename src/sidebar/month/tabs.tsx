/** Tabs after the pattern of the ARIA guide (w3.org/WAI/ARIA/apg/patterns/tabs): one stop, arrows go through them. */
import type { ComponentChildren, JSX } from 'preact';

export interface TabOf<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A number worth a look, such as of open findings; 0: none. */
  readonly count: number;
  /** What the number counts: `open findings`. */
  readonly countWords: string;
}

export interface TabsProps<Id extends string> {
  readonly tabs: readonly TabOf<Id>[];
  readonly chosen: Id;
  readonly choose: (id: Id) => void;
  readonly children: ComponentChildren;
  readonly busy: boolean;
}

export function Tabs<Id extends string>({
  tabs,
  chosen,
  choose,
  children,
  busy,
}: TabsProps<Id>): JSX.Element {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(tabId(next.id))?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label="Parts of the sidebar" class="tabs">
        {tabs.map(({ id, label, count, countWords }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={tabId(id)}
            aria-selected={id === chosen}
            aria-controls={id === chosen ? `panel-${id}` : undefined}
            tabIndex={id === chosen ? 0 : -1}
            onClick={() => choose(id)}
            onKeyDown={move}
          >
            {label}
            {count === 0 ? null : (
              <span class="count">
                {count}
                <span class="unseen"> {countWords}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`panel-${chosen}`}
        aria-labelledby={tabId(chosen)}
        aria-busy={busy}
        class="panel"
        key={chosen}
      >
        {children}
      </div>
    </>
  );
}

export function tabId(id: string): string {
  return `tab-${id}`;
}
