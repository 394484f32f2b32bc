/** The AWS keys of the person who owns the triggers, in their own user properties. */
import * as v from 'valibot';
import type { AwsCredentials } from '../clients/aws/sigv4.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

const KEY = 'aws.credentials';

const Stored = v.object({
  schema: v.literal(1),
  accessKeyId: v.pipe(v.string(), v.regex(/^[A-Z0-9]{16,128}$/)),
  secretAccessKey: v.pipe(v.string(), v.minLength(16)),
  sessionToken: v.optional(v.string()),
});

/** @throws PurserError `aws-credentials-missing` when none are stored, or what is stored can't be read */
export function loadAwsCredentials(host: Host): AwsCredentials {
  const json = host.properties('user').read(KEY);
  const parsed = json === null ? null : parse(json);
  if (parsed === null) {
    throw new PurserError('aws-credentials-missing', {
      what: json === null ? 'Purser has no AWS keys of yours.' : 'The stored AWS keys can’t be read.',
      now: 'Choose Purser › Set up… and enter an access key that may read the two tables.',
    });
  }
  return parsed;
}

export function hasAwsCredentials(host: Host): boolean {
  const json = host.properties('user').read(KEY);
  return json !== null && parse(json) !== null;
}

/** What is wrong with keys as typed, in words; null when they can be stored. */
export function awsKeysProblem(accessKeyId: string, secretAccessKey: string): string | null {
  if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId))
    return 'An access key id is 16 or more capital letters and digits, such as AKIA….';
  if (!/^[A-Za-z0-9/+=]{16,128}$/.test(secretAccessKey)) {
    return 'A secret access key has 40 letters, digits, / and +, and no spaces.';
  }
  return null;
}

export function storeAwsCredentials(host: Host, credentials: AwsCredentials): void {
  host.properties('user').write({ [KEY]: JSON.stringify({ schema: 1, ...credentials }) });
}

function parse(json: string): AwsCredentials | null {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json));
    if (!parsed.success) return null;
    const { accessKeyId, secretAccessKey, sessionToken } = parsed.output;
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  } catch {
    return null;
  }
}
