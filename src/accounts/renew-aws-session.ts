/** The hourly renewal of the session in AWS. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { Host } from '../host/host.ts';
import { awsAccess, awsWay } from './aws-credentials.ts';

/** Longer than the hour until the next look, and the five minutes that a run asks for. */
const NEEDED_FOR_MS = 75 * 60_000;

/**
 * A new session for the role, so that the statement’s run finds one ready, and a role that refuses is found out within
 * the hour and not on the statement day. Nothing with an access key, or before Set up….
 *
 * @throws PurserError why there is none; never while the one that is kept does and AWS is only out of reach
 */
export function renewAwsSession(host: Host, options: ExchangeOptions): void {
  const mine = host.properties('user').readAll();
  if (awsWay(mine)?.way !== 'role') return;
  const access = awsAccess(host, mine, options, NEEDED_FOR_MS);
  const { session } = exchange(host, { session: access.call }, options);
  access.credentials(session, []);
}
