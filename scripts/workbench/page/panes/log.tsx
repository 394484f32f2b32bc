/** What happened, newest first. */
import { useState } from 'preact/hooks';
import type { LogEntry } from '../../contract.ts';
import { useAsked, useBench } from '../bench.ts';
import { timeOfDay } from '../moments.ts';
import { Shown } from '../parts.tsx';

const KINDS: readonly (readonly [LogEntry['kind'], string])[] = [
  ['act', 'What you did'],
  ['script', 'What Purser logged'],
  ['toast', 'Toasts'],
  ['request', 'Calls to Google and AWS'],
  ['error', 'Errors'],
];

export function Log() {
  const { overview } = useBench();
  const [left, setLeft] = useState<ReadonlySet<LogEntry['kind']>>(new Set());
  const asked = useAsked<readonly LogEntry[]>('/api/log', overview.revisions.log);
  const toggle = (kind: LogEntry['kind']) => {
    const next = new Set(left);
    if (!next.delete(kind)) next.add(kind);
    setLeft(next);
  };
  return (
    <div class="log">
      <fieldset class="row">
        <legend class="hidden">Show</legend>
        {KINDS.map(([kind, words]) => (
          <label key={kind} class="check">
            <input type="checkbox" checked={!left.has(kind)} onChange={() => toggle(kind)} />
            {words}
          </label>
        ))}
      </fieldset>
      <Shown asked={asked} what="The log">
        {(entries) => <Entries entries={entries.filter(({ kind }) => !left.has(kind))} />}
      </Shown>
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly LogEntry[] }) {
  const { overview } = useBench();
  if (entries.length === 0) return <p class="soft pad">Nothing here yet.</p>;
  return (
    <ol>
      {entries.map((entry, index) => (
        // The newest stands first, so that a place counted from the end stays the same.
        <li key={entries.length - index} class={entry.kind}>
          <time dateTime={entry.at}>{timeOfDay(entry.at, overview.timeZone)}</time>
          <span class="kind">{entry.kind}</span>
          <span class="lines">{entry.text}</span>
        </li>
      ))}
    </ol>
  );
}
