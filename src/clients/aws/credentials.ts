/** Where a request to AWS gets its credentials from. */
import type { AwsCredentials } from './sigv4.ts';

export interface CredentialSource {
  /** What requests made from now on are signed with. */
  current(): AwsCredentials;
  /**
   * AWS refused these as expired or unknown: `current()` gives others afterwards. Talks to a service, so only between
   * two rounds. Absent when there are no others to be had.
   * @throws PurserError when there are none
   */
  readonly renew?: (refused: AwsCredentials) => void;
}

/** The same for as long as it lives: access keys. */
export function fixedCredentials(credentials: AwsCredentials): CredentialSource {
  return { current: () => credentials };
}
