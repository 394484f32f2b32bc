/** Invitations as they are kept: the web app has no workbook open, so all that its pages say is here. */
import * as v from 'valibot';
import { PURPOSES } from './account.ts';
import { invitationGone } from './connect-errors.ts';

export const INVITATION_PREFIX = 'invitation.';

const Stored = v.object({
  schema: v.literal(1),
  id: v.string(),
  purposes: v.array(v.picklist(PURPOSES)),
  email: v.nullable(v.string()),
  company: v.string(),
  workbookUrl: v.string(),
  by: v.string(),
  webAppUrl: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  usedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
});

/**
 * `email`: whom it is for, or null for anybody who has the link. `by`: the owner's address. `webAppUrl`: where the link
 * leads and Google sends back to, as it was when the link was made.
 */
export type Invitation = Readonly<v.InferOutput<typeof Stored>>;

export function readInvitations(mine: Readonly<Record<string, string>>): readonly Invitation[] {
  return Object.entries(mine)
    .flatMap(([key, json]) => (key.startsWith(INVITATION_PREFIX) ? parse(json) : []))
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

/** For one write to user properties. */
export function invitationEntry(invitation: Invitation): Record<string, string> {
  return { [INVITATION_PREFIX + invitation.id]: JSON.stringify(invitation) };
}

/**
 * The invitation after it was answered, for the same write as the account that it brought; nothing when it is not there.
 * Used up; but when not everything was granted, it stays good for that account, which may make up for it.
 */
export function answeredInvitationEntry(
  mine: Readonly<Record<string, string>>,
  id: string | null,
  answer: { readonly email: string; readonly isWhole: boolean; readonly nowMs: number },
): Record<string, string> {
  const invitation = readInvitations(mine).find((one) => one.id === id);
  if (invitation === undefined || invitation.usedAt !== null) return {};
  return answer.isWhole
    ? invitationEntry({ ...invitation, usedAt: new Date(answer.nowMs).toISOString() })
    : invitationEntry({ ...invitation, email: answer.email });
}

/** Why it can't be used any more, in words for whoever opened it; null when it can. */
export function whyGone(invitation: Invitation | undefined, nowMs: number): string | null {
  if (invitation === undefined) return 'This invitation was withdrawn, or is older than seven days.';
  if (invitation.usedAt !== null)
    return 'This invitation was used already: an account was connected with it.';
  if (Date.parse(invitation.expiresAt) <= nowMs) return 'This invitation is older than seven days.';
  return null;
}

/**
 * @param id null when the connection answers none
 * @throws PurserError `oauth-refused` when it can't be used any more
 */
export function requireInvitation(
  mine: Readonly<Record<string, string>>,
  id: string | null,
  nowMs: number,
): void {
  if (id === null) return;
  const why = whyGone(
    readInvitations(mine).find((one) => one.id === id),
    nowMs,
  );
  if (why !== null) throw invitationGone(why);
}

function parse(json: string): readonly Invitation[] {
  try {
    const parsed = v.safeParse(Stored, JSON.parse(json));
    return parsed.success ? [parsed.output] : [];
  } catch {
    return [];
  }
}
