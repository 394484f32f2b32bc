/** The file’s SHA-256: its first twelve characters, and the whole for whoever compares. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Action } from './action.tsx';

export interface HashLineProps {
  readonly hash: string;
  readonly say: (words: string) => void;
}

export function HashLine({ hash, say }: HashLineProps): JSX.Element {
  const [whole, setWhole] = useState(false);
  const shown = useRef<HTMLElement>(null);
  // The clipboard is closed to frames of another site; what is selected can always be copied.
  const copy = (): void => {
    if (shown.current !== null) window.getSelection()?.selectAllChildren(shown.current);
    if (document.execCommand('copy')) say('The SHA-256 is copied.');
    else say('The browser does not let Purser copy. The SHA-256 is selected: press Ctrl+C.');
  };
  return (
    <>
      <code class="mono" ref={shown}>
        {whole ? hash : hash.slice(0, 12)}
      </code>
      <span class="row tight">
        <Action onAct={() => setWhole(!whole)} label="Show whole SHA-256" pressed={whole} small>
          Show whole
        </Action>
        {whole ? (
          <Action onAct={copy} label="Copy SHA-256" small>
            Copy
          </Action>
        ) : null}
      </span>
    </>
  );
}
