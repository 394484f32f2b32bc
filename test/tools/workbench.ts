/**
 * `npm run workbench` as a process of its own, with a client of its HTTP. In this process it can't be: a running script
 * blocks the thread that would have to ask.
 */
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import type { Act, ActResult, Overview, QuestionView, Reply } from '../../scripts/workbench/contract.ts';

export interface WorkbenchProcess {
  /** `http://127.0.0.1:4242` */
  readonly origin: string;
  readonly token: string;
  overview(): Promise<Overview>;
  /** The value of `GET /api/…`. @throws Error when it is refused */
  view<T>(path: string): Promise<T>;
  act(act: Act): Promise<Reply<ActResult>>;
  /** google.script.run of a frame that is open. */
  call(frame: string, name: string, ...args: readonly unknown[]): Promise<Reply<unknown>>;
  /** Does it, and answers the questions that come until it is done. @param seen what is asked meanwhile, again and again */
  actAnswering(
    act: Act,
    answer: (question: QuestionView) => Omit<Extract<Act, { readonly do: 'answer' }>, 'do' | 'question'>,
    seen?: (overview: Overview) => void | Promise<void>,
  ): Promise<Reply<ActResult>>;
  /** The status of a request with this Host header. */
  statusAs(host: string, path: string): Promise<number>;
  /** Somebody has the page open until the returned function is called. */
  openPage(): Promise<() => void>;
  end(): void;
}

const STEP_MS = 20;

export async function startWorkbenchProcess(...args: readonly string[]): Promise<WorkbenchProcess> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/workbench.ts', '--port', '0', '--no-open', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += text.toString();
      const url = /The workbench is at (http:\/\/\S+)\//.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`The workbench has ended: ${said}`)));
  });
  const page = await (await fetch(`${origin}/`)).text();
  const token = /name="workbench-token" content="([^"]+)"/.exec(page)?.[1] ?? '';

  const reply = async <T>(response: Promise<Response>): Promise<Reply<T>> =>
    (await (await response).json()) as Reply<T>;
  const view = async <T>(path: string): Promise<T> => {
    const found = await reply<T>(fetch(`${origin}/api/${path}`));
    if (!found.ok) throw new Error(found.error.what);
    return found.value;
  };
  const act = (what: Act): Promise<Reply<ActResult>> =>
    reply(
      fetch(`${origin}/api/act`, {
        method: 'POST',
        headers: { 'X-Workbench-Token': token },
        body: JSON.stringify(what),
      }),
    );
  return {
    origin,
    token,
    view,
    act,
    overview: () => view('overview'),
    async call(frame, name, ...parameters) {
      const html = await (await fetch(`${origin}${frame}`)).text();
      const key = /"key":"([^"]+)"/.exec(html)?.[1];
      const id = Number(frame.split('/').at(-1));
      const body = JSON.stringify({ frame: id, key, name, args: parameters });
      return reply(fetch(`${origin}/frame-call`, { method: 'POST', headers: { Origin: 'null' }, body }));
    },
    async actAnswering(what, answer, seen = () => {}) {
      let done: Reply<ActResult> | null = null;
      const ending = act(what).then((ended) => {
        done = ended;
      });
      const answered = new Set<number>();
      while (done === null) {
        const overview = await view<Overview>('overview');
        await seen(overview);
        for (const question of overview.questions) {
          if (answered.has(question.id)) continue;
          answered.add(question.id);
          await act({ do: 'answer', question: question.id, ...answer(question) });
        }
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      }
      await ending;
      return done;
    },
    statusAs: (host, path) =>
      new Promise((resolve, reject) => {
        get(`${origin}${path}`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        }).on('error', reject);
      }),
    async openPage() {
      const closing = new AbortController();
      const { body } = await fetch(`${origin}/api/events`, { signal: closing.signal });
      // The first event is there as soon as the page is known to be open.
      await body?.getReader().read();
      return () => closing.abort();
    },
    end,
  };
}
