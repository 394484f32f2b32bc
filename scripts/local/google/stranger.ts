/**
 * The plain emulator (@emulators/google) over HTTP: code that others wrote from Google's reference, so that our
 * clients are tested against more than our own reading of it.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { workerFile } from './emulator-worker.cjs';
import { isRecord } from './http.ts';
import type { AccountName } from './oauth-accounts.ts';

export interface EmulatorStranger {
  /** `http://127.0.0.1:PORT`; Gmail, Drive and OAuth below it: `/gmail/v1/…`, `/drive/v3/…`, `/oauth2/token`. */
  readonly baseUrl: string;
  /** A bearer token of `email`. */
  readonly token: string;
  readonly email: string;
  close(): Promise<void>;
}

/** Starts it in a thread on a free port of 127.0.0.1. */
export async function createEmulatorStranger(
  user: { email: string; name: string } = { email: 'pat@example.com', name: 'Pat Purser' },
): Promise<EmulatorStranger> {
  const token = 'stranger-token';
  const scopes = ['openid', 'email', 'https://mail.google.com/', 'https://www.googleapis.com/auth/drive'];
  const worker = startEmulator({
    accounts: [user],
    // The issuer of its ID tokens, which clients check.
    baseUrl: 'https://accounts.google.com',
    tokens: { [token]: { login: user.email, id: 1, scopes } },
  });
  const [message] = (await once(worker, 'message')) as [unknown];
  if (!isRecord(message) || typeof message.port !== 'number') throw new Error('The emulator did not start.');
  return {
    baseUrl: `http://127.0.0.1:${message.port}`,
    token,
    email: user.email,
    close: async () => {
      await worker.terminate();
    },
  };
}

/** The emulator's thread; its first message is `{ port }`. */
function startEmulator(options: {
  accounts: readonly AccountName[];
  baseUrl: string;
  tokens: Readonly<Record<string, { login: string; id: number; scopes: readonly string[] }>>;
}): Worker {
  return new Worker(workerFile, {
    // The parent may run under a TypeScript loader, which this plain file would only wait for.
    execArgv: [],
    workerData: {
      purserEmulator: true,
      baseUrl: options.baseUrl,
      tokens: options.tokens,
      seed: { users: options.accounts },
    },
  });
}
