/** The virtual hosts as the network's worker makes them: what can't cross a thread is added here. */
import type { JsonWebKey } from 'node:crypto';
import { createRandom, nextUuid } from './apps-script/random.ts';
import { type AwsHost, createAwsHost } from './aws/aws-host.ts';
import type { LocalCredentials } from './aws/signature-check.ts';
import { createStsHost, type LocalRole, type StsHost } from './aws/sts-host.ts';
import type { Clock, Tokens, VirtualHost } from './contract.ts';
import { createGoogleHost, type GoogleHost } from './google/google-host.ts';
import type { AccountName } from './google/oauth-accounts.ts';
import type { SheetsHost } from './sheets/sheets-host.ts';

/** DynamoDB and the token service, which share the sessions. */
export async function awsHost(options: {
  regions: readonly string[];
  credentials: readonly LocalCredentials[];
  roles: readonly LocalRole[];
  publicKey: JsonWebKey;
  clock: Clock;
}): Promise<AwsHost & Pick<StsHost, 'setRoles' | 'forgetSessions'>> {
  const sts = createStsHost(options);
  const dynamoDb = await createAwsHost({ ...options, sessionOf: sts.sessionOf });
  return {
    ...dynamoDb,
    hosts: [...dynamoDb.hosts, ...sts.hosts],
    handle(request, response) {
      const host = (request.headers.host ?? '').toLowerCase().startsWith('sts.') ? sts : dynamoDb;
      host.handle(request, response);
    },
    setRoles: sts.setRoles,
    forgetSessions: sts.forgetSessions,
  };
}

export async function googleHost(options: {
  user: AccountName;
  otherUsers?: readonly AccountName[];
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
