/** The virtual hosts as the network's worker makes them: what can't cross a thread is added here. */
import { createRandom, nextUuid } from './apps-script/random.ts';
import { type AwsHost, createAwsHost } from './aws/aws-host.ts';
import type { LocalCredentials } from './aws/signature-check.ts';
import type { Clock, Tokens, VirtualHost } from './contract.ts';
import { createGoogleHost, type GoogleHost } from './google/google-host.ts';
import type { SheetsHost } from './sheets/sheets-host.ts';

export function awsHost(options: {
  regions: readonly string[];
  credentials: readonly LocalCredentials[];
  clock: Clock;
}): Promise<AwsHost> {
  return createAwsHost(options);
}

export async function googleHost(options: {
  user: { email: string; name: string };
  /** Ids come from it, so that the same run gives the same ids. */
  seed: number;
  tokens: Tokens;
  clock: Clock;
  /** The spreadsheet that the host named `sheets` keeps. */
  workbook?: { id: string; name: string };
  peer(name: string): VirtualHost | undefined;
}): Promise<GoogleHost> {
  let random = createRandom(options.seed);
  const { workbook, peer, ...rest } = options;
  const host = await createGoogleHost({
    ...rest,
    ...(workbook === undefined
      ? {}
      : {
          workbook: {
            ...workbook,
            ownerEmail: options.user.email,
            xlsx: async () => (await (peer('sheets') as SheetsHost).save()).xlsx,
          },
        }),
    uuid: () => nextUuid(random),
  });
  return {
    ...host,
    dump: () => ({ ...(host.dump() as object), random: random.state() }),
    restore(state) {
      host.restore(state);
      // Or ids would come again that files and messages of the saved state have.
      const { random: saved } = state as { random?: number };
      if (saved !== undefined) random = createRandom(saved);
    },
  };
}
