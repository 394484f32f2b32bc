/** What is going on, in the status line for everybody and as a bar for those who see it. */
import type { JSX } from 'preact';
import type { ProgressView } from './contract.ts';
import type { Session } from './session.ts';
import type { Wording } from './words.ts';
import { count } from './words.ts';

interface RunningProps {
  readonly session: Session;
  readonly words: Wording;
}

export function Running({ session, words }: RunningProps): JSX.Element {
  const { progress, notice } = session;
  // The status line is read out when it changes: it has the step, the bar beneath it the counts.
  const doing = progress?.words || session.doing;
  const said = doing || notice;
  return (
    <section class={doing === '' ? 'running' : 'running on'} aria-label="What is going on">
      <div id="status" role="status">
        {said === '' ? null : <p>{said}</p>}
      </div>
      {progress === null ? (
        doing === '' ? null : (
          <Bar words={doing} progress={null} />
        )
      ) : (
        <>
          <Bar words={doing} progress={progress} />
          <p class="soft">{detailWords(progress, session, words)}</p>
        </>
      )}
    </section>
  );
}

function Bar({ words, progress }: { readonly words: string; readonly progress: ProgressView | null }) {
  const known = progress !== null && progress.of > 0;
  const done = known ? Math.min(Math.max(progress.done, 0), progress.of) : 0;
  return (
    <div
      class={known ? 'bar' : 'bar waiting-bar'}
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={known ? 0 : undefined}
      aria-valuemax={known ? progress.of : undefined}
      aria-valuenow={known ? done : undefined}
      aria-valuetext={known ? `${words}, ${count(done)} of ${count(progress.of)}` : words}
    >
      <span style={known ? { width: `${(done / progress.of) * 100}%` } : undefined} />
    </div>
  );
}

function detailWords(progress: ProgressView, { view }: Session, words: Wording): string {
  const label = view?.months.find(({ month }) => month === progress.month)?.label ?? progress.month;
  const steps = progress.of > 0 ? `${count(progress.done)} of ${count(progress.of)}` : '';
  const since = `begun ${words.time(progress.since)}`;
  const parts = [label, steps, since].filter((part) => part !== '').join(' · ');
  return `${parts}. It goes on when you close the sidebar.`;
}
