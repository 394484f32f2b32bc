/** Below the workbook: all that lies around it, a pane at a time. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useBench } from '../bench.ts';
import { Icon } from '../parts.tsx';
import { Calendars } from './calendars.tsx';
import { Drive } from './drive.tsx';
import { Log } from './log.tsx';
import type { MailWish } from './mailbox.tsx';
import { Mailbox } from './mailbox.tsx';
import { Triggers } from './triggers.tsx';

export type PaneName = 'mail' | 'drive' | 'triggers' | 'calendars' | 'log';

const PANES: readonly PaneName[] = ['mail', 'drive', 'triggers', 'calendars', 'log'];
const TITLES: Readonly<Record<PaneName, string>> = {
  mail: 'Mailbox',
  drive: 'Drive',
  triggers: 'Triggers',
  calendars: 'Calendars',
  log: 'Log',
};

const USUAL_PX = 290;
const LEAST_PX = 120;

interface DockProps {
  readonly pane: PaneName;
  readonly onPane: (pane: PaneName) => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly mail: MailWish | null;
  readonly file: string | null;
}

export function Dock({ pane, onPane, open, onOpen, mail, file }: DockProps) {
  const { overview } = useBench();
  const [heightPx, setHeightPx] = useState(USUAL_PX);
  const strip = useRef<HTMLDivElement>(null);
  const messages = overview.mailboxes.reduce((sum, box) => sum + box.messages, 0);
  const counts: Partial<Record<PaneName, number>> = { mail: messages, triggers: overview.triggers.length };
  const choose = (next: PaneName) => {
    onPane(next);
    onOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = PANES.indexOf(pane);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: PANES.length - 1 }[event.key];
    const next = to === undefined ? undefined : PANES[(to + PANES.length) % PANES.length];
    if (next === undefined) return;
    event.preventDefault();
    onPane(next);
    strip.current?.querySelector<HTMLElement>(`#pane-tab-${next}`)?.focus();
  };
  const contents: Readonly<Record<PaneName, () => ComponentChildren>> = {
    mail: () => <Mailbox wish={mail} />,
    drive: () => <Drive wish={file} />,
    triggers: () => <Triggers />,
    calendars: () => <Calendars />,
    log: () => <Log />,
  };
  return (
    <section class="dock" aria-label="Around the workbook" style={open ? { height: heightPx } : {}}>
      {open && <Edge heightPx={heightPx} onHeight={setHeightPx} />}
      <header>
        <div ref={strip} role="tablist" aria-label="Panes" tabIndex={-1} onKeyDown={onKeyDown}>
          {PANES.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`pane-tab-${name}`}
              aria-selected={name === pane}
              {...(name === pane && open ? { 'aria-controls': 'pane' } : {})}
              tabIndex={name === pane ? 0 : -1}
              onClick={() => choose(name)}
            >
              {TITLES[name]}
              {counts[name] !== undefined && <span class="count">{counts[name]}</span>}
            </button>
          ))}
        </div>
        <button
          type="button"
          class="plain round"
          aria-expanded={open}
          aria-label={open ? 'Fold the panes' : 'Unfold the panes'}
          onClick={() => onOpen(!open)}
        >
          <Icon name={open ? 'down' : 'up'} />
        </button>
      </header>
      {open && (
        <div id="pane" class="pane" role="tabpanel" aria-labelledby={`pane-tab-${pane}`}>
          {contents[pane]()}
        </div>
      )}
    </section>
  );
}

/** The edge that can be dragged, or moved by the arrow keys. */
function Edge({
  heightPx,
  onHeight,
}: {
  readonly heightPx: number;
  readonly onHeight: (px: number) => void;
}) {
  const mostPx = Math.max(LEAST_PX, window.innerHeight - 320);
  const set = (px: number) => onHeight(Math.round(Math.max(LEAST_PX, Math.min(mostPx, px))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can't be moved
    <div
      class="edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the panes"
      aria-valuenow={heightPx}
      aria-valuemin={LEAST_PX}
      aria-valuemax={mostPx}
      tabIndex={0}
      onKeyDown={(event) => {
        const by = { ArrowUp: 24, ArrowDown: -24, PageUp: 120, PageDown: -120 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        set(heightPx + by);
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        const from = event.clientY;
        const edge = event.currentTarget;
        edge.setPointerCapture(event.pointerId);
        const move = ({ clientY }: PointerEvent) => set(heightPx + from - clientY);
        edge.addEventListener('pointermove', move);
        edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), {
          once: true,
        });
      }}
    />
  );
}
