/** The whole page. */

import type { ComponentChildren } from 'preact';
import { Component } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Overview } from '../contract.ts';
import type { Place } from '../place.ts';
import { placeOf } from '../place.ts';
import type { Bench, Notice } from './bench.ts';
import { BenchContext } from './bench.ts';
import { ScriptDialog, Sidebar } from './frames.tsx';
import type { Wish } from './grid/sheet-area.tsx';
import { SheetArea } from './grid/sheet-area.tsx';
import { Header } from './header.tsx';
import { Notices } from './notices.tsx';
import type { PaneName } from './panes/dock.tsx';
import { Dock } from './panes/dock.tsx';
import type { MailWish } from './panes/mailbox.tsx';
import { Button } from './parts.tsx';
import { Question } from './questions.tsx';
import { listen, post } from './server.ts';
import { Visit } from './visit.tsx';

const MOST_NOTICES = 5;
const SECONDS_OF_A_RESULT = 8;

export function App() {
  const [overview, setOverview] = useState<Overview | null>(null);
  const [isReachable, setReachable] = useState(true);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const counted = useRef(0);
  const say = useCallback((notice: Omit<Notice, 'id'>) => {
    counted.current += 1;
    const id = counted.current;
    setNotices((before) => {
      const kept = notice.toast ? before.filter(({ toast }) => toast !== true) : before;
      return [...kept, { ...notice, id }].slice(-MOST_NOTICES);
    });
  }, []);
  useEffect(
    () =>
      listen({
        overview: setOverview,
        toast: ({ title, text, seconds }) => say({ title, text, seconds, bad: false, toast: true }),
        reachable: setReachable,
      }),
    [say],
  );
  const act = useCallback<Bench['act']>(
    async (deed, quiet) => {
      const reply = await post(deed);
      if (!reply.ok) {
        say({ title: reply.error.what, text: reply.error.now, bad: true, seconds: -1 });
      } else if (quiet === undefined && reply.value.words !== '') {
        say({ title: '', text: reply.value.words, bad: false, seconds: SECONDS_OF_A_RESULT });
      }
      return reply;
    },
    [say],
  );
  return (
    <>
      {!isReachable && (
        <p class="gone" role="alert">
          The workbench’s server does not answer. Look at the terminal where it was started, or start it again
          with <code>npm run workbench</code>; this page finds it by itself.
        </p>
      )}
      {overview === null ? (
        <p class="soft pad">{isReachable ? 'The workbench is being opened…' : ''}</p>
      ) : (
        // Another world: nothing of what was chosen in the one before is there.
        <Desk key={overview.world} overview={overview} act={act} say={say} />
      )}
      <Notices
        notices={notices}
        onClose={(id) => setNotices((before) => before.filter((one) => one.id !== id))}
      />
    </>
  );
}

function Desk({ overview, act, say }: Pick<Bench, 'overview' | 'act' | 'say'>) {
  const [sheetWish, setSheetWish] = useState<Wish>({ tab: null, range: null, count: 0 });
  const [mailWish, setMailWish] = useState<MailWish | null>(null);
  const [file, setFile] = useState<string | null>(null);
  const [pane, setPane] = useState<PaneName>('mail');
  const [isDockOpen, setDockOpen] = useState(true);
  const [visit, setVisit] = useState<Exclude<Place, { readonly at: 'tab' | 'mail' | 'file' }> | null>(null);
  const [summons, setSummons] = useState(0);
  const follow = useCallback((url: string) => {
    const place = placeOf(url);
    const show = (next: PaneName) => {
      setPane(next);
      setDockOpen(true);
    };
    if (place.at === 'tab') {
      setSheetWish(({ count }) => ({ tab: place.tab, range: place.range, count: count + 1 }));
    } else if (place.at === 'mail') {
      const account = accountOf(url);
      setMailWish((before) => ({
        account,
        id: place.id,
        search: place.search,
        count: (before?.count ?? 0) + 1,
      }));
      show('mail');
    } else if (place.at === 'file') {
      setFile(place.id);
      show('drive');
    } else setVisit(place);
  }, []);
  const bench = useMemo(() => ({ overview, act, say, follow }), [overview, act, say, follow]);
  useEffect(() => {
    document.title = `${overview.title} – Purser workbench`;
  }, [overview.title]);
  return (
    <BenchContext.Provider value={bench}>
      <Fence>
        <div class="desk">
          <Header />
          <div class="workbook-side">
            <SheetArea wish={sheetWish} summons={summons} />
            <Dock
              pane={pane}
              onPane={setPane}
              open={isDockOpen}
              onOpen={setDockOpen}
              mail={mailWish}
              file={file}
            />
          </div>
          <Sidebar onFocusEditor={() => setSummons((count) => count + 1)} />
        </div>
        {overview.dialogs.map((frame) => (
          <ScriptDialog key={frame.id} frame={frame} />
        ))}
        {visit !== null && <Visit place={visit} onClose={() => setVisit(null)} />}
        {overview.questions.map((question) => (
          <Question key={question.id} question={question} />
        ))}
      </Fence>
    </BenchContext.Provider>
  );
}

/** The mailbox that a link to a mail names; null: the reader’s own. */
function accountOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).searchParams.get('authuser') : null;
}

/** A mistake of the page's own is said in words. */
class Fence extends Component<{ readonly children: ComponentChildren }, { readonly broken: string | null }> {
  override state = { broken: null };

  static override getDerivedStateFromError(error: unknown) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.broken === null) return this.props.children;
    return (
      <div class="pad" role="alert">
        <p class="bad">The workbench’s page has a mistake: {this.state.broken}</p>
        <p>Nothing is lost: all that was done is on the server.</p>
        <Button onPress={() => location.reload()}>Load the page again</Button>
      </div>
    );
  }
}
