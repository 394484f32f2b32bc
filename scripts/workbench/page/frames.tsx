/** Pages of the script: the sidebar and its dialogs, each in a frame of its own that can't reach this page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FrameMessage, FrameView, MenuItemView } from '../contract.ts';
import { useBench, waitWords } from './bench.ts';
import { Modal } from './modal.tsx';
import { Button, Close, Icon } from './parts.tsx';
import { RemarksHere } from './remarks.tsx';

/** Google's own, for a dialog that names none. */
const USUAL = { width: 600, height: 400 };
const SIDEBAR_PX = 300;

interface FrameProps {
  readonly frame: FrameView;
  readonly width: number;
  readonly height: number | null;
  readonly onSize: (width: number | null, height: number | null) => void;
  readonly onFocusEditor: () => void;
}

function Frame({ frame, width, height, onSize, onFocusEditor }: FrameProps) {
  const { act, follow } = useBench();
  const box = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const onMessage = (event: MessageEvent) => {
      const message = event.source === box.current?.contentWindow ? frameMessage(event.data) : null;
      if (message === null) return;
      if (message.workbench === 'close') void act({ do: 'close-frame', frame: frame.id }, 'quiet');
      else if (message.workbench === 'size') onSize(message.width, message.height);
      else if (message.workbench === 'focus-editor') onFocusEditor();
      else follow(message.url);
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  });
  return (
    <iframe
      ref={box}
      title={frame.title}
      src={frame.url}
      sandbox="allow-scripts allow-forms allow-popups allow-modals"
      style={{ width, ...(height === null ? {} : { height }) }}
    />
  );
}

/** What a frame says, if it is one of the messages; the pages are the script's, and may say anything. */
function frameMessage(data: unknown): FrameMessage | null {
  if (typeof data !== 'object' || data === null || !('workbench' in data)) return null;
  const said: { workbench: unknown; url?: unknown; width?: unknown; height?: unknown } = data;
  if (said.workbench === 'close' || said.workbench === 'focus-editor') return { workbench: said.workbench };
  if (said.workbench === 'open') {
    return typeof said.url === 'string' ? { workbench: 'open', url: said.url } : null;
  }
  const pixels = (value: unknown) => (typeof value === 'number' && value > 0 ? value : null);
  return said.workbench === 'size'
    ? { workbench: 'size', width: pixels(said.width), height: pixels(said.height) }
    : null;
}

export function ScriptDialog({ frame }: { readonly frame: FrameView }) {
  const { act } = useBench();
  const [size, setSize] = useState({
    width: frame.width ?? USUAL.width,
    height: frame.height ?? USUAL.height,
  });
  const close = () => void act({ do: 'close-frame', frame: frame.id }, 'quiet');
  return (
    <Modal title={frame.title} class="script-dialog" onClose={close}>
      <Frame
        frame={frame}
        width={size.width}
        height={size.height}
        onSize={(width, height) => setSize({ width: width ?? size.width, height: height ?? size.height })}
        onFocusEditor={() => undefined}
      />
      <RemarksHere />
    </Modal>
  );
}

interface SidebarProps {
  readonly onFocusEditor: () => void;
}

export function Sidebar({ onFocusEditor }: SidebarProps) {
  const { sidebar } = useBench().overview;
  if (sidebar === null) return <NoSidebar />;
  return <OpenSidebar key={sidebar.id} sidebar={sidebar} onFocusEditor={onFocusEditor} />;
}

/** As long as nobody wonders at what it shows. */
const FRESH_MS = 3_600_000;

/** At the size that Sheets gives it. */
function OpenSidebar({ sidebar, onFocusEditor }: SidebarProps & { readonly sidebar: FrameView }) {
  const { overview, act } = useBench();
  const nowMs = Date.parse(overview.clock.now);
  const [loadedMs, setLoadedMs] = useState(nowMs);
  return (
    <aside class="sidebar" aria-label="Sidebar">
      <header>
        <h2>{sidebar.title}</h2>
        <Close
          label="Close the sidebar"
          onClose={() => void act({ do: 'close-frame', frame: sidebar.id }, 'quiet')}
        />
      </header>
      {Math.abs(nowMs - loadedMs) < FRESH_MS ? null : (
        <p class="pad" role="status">
          The clock was moved since this was loaded.{' '}
          <Button onPress={() => setLoadedMs(nowMs)}>Reload the sidebar</Button>
        </p>
      )}
      <Frame
        key={loadedMs}
        frame={sidebar}
        width={SIDEBAR_PX}
        height={null}
        onSize={() => undefined}
        onFocusEditor={onFocusEditor}
      />
    </aside>
  );
}

/** A rail with the one thing that most will look for. */
function NoSidebar() {
  const { overview, act } = useBench();
  const wait = waitWords(overview);
  const opens = overview.menus.flatMap(({ items }) => items).find(isOpener);
  const functionName = opens?.functionName ?? null;
  if (functionName === null) return null;
  return (
    <aside class="rail" aria-label="Sidebar">
      <Button
        kind="plain"
        wait={wait}
        label={opens?.caption ?? 'Open sidebar'}
        onPress={() => void act({ do: 'menu', functionName }, 'quiet')}
      >
        <Icon name="panel" />
        <span class="upright">{opens?.caption ?? 'Open sidebar'}</span>
      </Button>
    </aside>
  );
}

function isOpener({ functionName }: MenuItemView): boolean {
  return functionName === 'openSidebar';
}
