/** The month as pictures: beside the months before it, and how its difference comes about. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Action } from './action.tsx';
import { BridgeChart, BridgeTable } from './bridge-picture.tsx';
import { lastTwelve } from './charts.ts';
import type { PartProps } from './glance.tsx';
import { HistoryChart, HistoryTable, historyWords } from './history-picture.tsx';

export function Picture({ session, view, words }: PartProps): JSX.Element {
  const bridge = session.checked?.bridge ?? null;
  const pairs = lastTwelve(view.history, view.month);
  return (
    <section aria-labelledby="picture-heading">
      <h2 id="picture-heading" tabIndex={-1}>
        Picture
      </h2>
      {view.history.length === 0 ? (
        <p class="soft">No month has been calculated yet. The picture begins with the first.</p>
      ) : (
        <Figure
          title="Revenue and guests, 12 months"
          said={historyWords(pairs, words)}
          chart={<HistoryChart pairs={pairs} words={words} />}
          table={<HistoryTable pairs={pairs} words={words} />}
        />
      )}
      {bridge === null || bridge.length === 0 ? (
        <p class="soft">{view.mayRun ? 'Check the month to see how gross becomes recorded revenue.' : ''}</p>
      ) : (
        <Figure
          title="From gross to recorded"
          said={[]}
          chart={<BridgeChart steps={bridge} words={words} />}
          table={<BridgeTable steps={bridge} words={words} />}
        />
      )}
    </section>
  );
}

interface FigureProps {
  readonly title: string;
  readonly said: readonly string[];
  readonly chart: ComponentChildren;
  readonly table: ComponentChildren;
}

/** The drawing is hidden from screen readers, the table always there for them. */
function Figure({ title, said, chart, table }: FigureProps): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure>
      <div class="figure-head">
        <figcaption>
          <h3>{title}</h3>
        </figcaption>
        <Action onAct={() => setAsTable(!asTable)} pressed={asTable} label={`Show as table: ${title}`} small>
          Show as table
        </Action>
      </div>
      {said.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {asTable ? null : chart}
      <div class={asTable ? 'table' : 'unseen'}>{table}</div>
    </figure>
  );
}
