/** The virtual hosts as the network's worker makes them: what can't cross a thread is added here. */
import { createRandom, nextUuid } from './apps-script/random.ts';
import { type AwsHost, createAwsHost } from './aws/aws-host.ts';
import type { LocalCredentials } from './aws/signature-check.ts';
import type { Clock, Tokens } from './contract.ts';
import { createGoogleHost, type GoogleHost } from './google/google-host.ts';

export function awsHost(options: {
  regions: readonly string[];
  credentials: readonly LocalCredentials[];
  clock: Clock;
}): Promise<AwsHost> {
  return createAwsHost(options);
}

export function googleHost(options: {
  user: { email: string; name: string };
  /** Ids come from it, so that the same run gives the same ids. */
  seed: number;
  tokens: Tokens;
  clock: Clock;
}): Promise<GoogleHost> {
  const random = createRandom(options.seed);
  return createGoogleHost({ ...options, uuid: () => nextUuid(random) });
}
