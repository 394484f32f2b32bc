/** The session of a role in AWS that is kept between runs, in user properties. */
import * as v from 'valibot';
import type { SessionCredentials } from '../clients/aws/sts.ts';

export const SESSION_KEY = 'aws.session';

const Session = v.object({
  accessKeyId: v.pipe(v.string(), v.regex(/^\w{16,128}$/)),
  secretAccessKey: v.pipe(v.string(), v.nonEmpty()),
  sessionToken: v.pipe(v.string(), v.nonEmpty()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  roleArn: v.string(),
});

/** Null when none is kept for this role: what can't be read is only a call to AWS more. */
export function readAwsSession(
  mine: Readonly<Record<string, string>>,
  roleArn: string,
): SessionCredentials | null {
  try {
    const parsed = v.safeParse(Session, JSON.parse(mine[SESSION_KEY] ?? ''));
    if (!parsed.success || parsed.output.roleArn !== roleArn) return null;
    const { roleArn: _, ...session } = parsed.output;
    return session;
  } catch {
    return null;
  }
}

/** The property that keeps it. */
export function awsSessionEntry(roleArn: string, session: SessionCredentials): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
  return {
    [SESSION_KEY]: JSON.stringify({ accessKeyId, secretAccessKey, sessionToken, expiresAt, roleArn }),
  };
}

/** How long AWS will take it; negative when it has run out. */
export function usableForMs(session: SessionCredentials, nowMs: number): number {
  return Date.parse(session.expiresAt) - nowMs;
}
