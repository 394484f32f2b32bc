/** What Google's identity token says of the script and the person, and the IAM trust policy that follows from it. */
import * as v from 'valibot';
import { jwtClaims } from '../clients/google/jwt.ts';
import { PurserError } from '../host/errors.ts';

export interface IdentityClaims {
  /** The script's OAuth client (developers.google.com/apps-script/guides/services/cloud-run). */
  readonly audience: string;
  /** `azp`: the client that the token was issued to; null when Google left it out. */
  readonly authorizedParty: string | null;
  /** The person's account; never changes. */
  readonly subject: string;
}

const Claims = v.object({
  aud: v.pipe(v.string(), v.nonEmpty()),
  azp: v.optional(v.pipe(v.string(), v.nonEmpty())),
  sub: v.pipe(v.string(), v.nonEmpty()),
});

/**
 * The claims, unverified: the token comes from Google's own platform, and AWS verifies it.
 * @throws PurserError `reply-malformed`, without a piece of the token
 */
export function identityClaims(identityToken: string): IdentityClaims {
  const parsed = v.safeParse(Claims, jwtClaims(identityToken));
  if (!parsed.success) {
    throw new PurserError('reply-malformed', {
      what: 'Google’s identity token can’t be read.',
      now: 'Open the workbook again and choose Purser › Set up….',
    });
  }
  const { aud, azp, sub } = parsed.output;
  return { audience: aud, authorizedParty: azp ?? null, subject: sub };
}

/**
 * A role's trust policy that lets in this script, run by this person, and nobody else. AWS compares
 * `accounts.google.com:aud` with `azp` where the token has one, `:oaud` with `aud`
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif).
 */
export function trustPolicy({ audience, authorizedParty, subject }: IdentityClaims): string {
  const isTwofold = authorizedParty !== null && authorizedParty !== audience;
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'accounts.google.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'accounts.google.com:aud': authorizedParty ?? audience,
            ...(isTwofold ? { 'accounts.google.com:oaud': audience } : {}),
            'accounts.google.com:sub': subject,
          },
        },
      },
    ],
  };
  return JSON.stringify(policy, null, 2);
}
