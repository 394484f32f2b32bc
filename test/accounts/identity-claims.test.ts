import fc from 'fast-check';
import { identityClaims, trustPolicy } from '../../src/accounts/identity-claims.ts';
import { PurserError } from '../../src/host/errors.ts';
import { errorOf } from '../tools/fake-host.ts';

function tokenOf(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

function conditions(claims: unknown): unknown {
  const policy = JSON.parse(trustPolicy(identityClaims(tokenOf(claims)))) as {
    Statement: { Condition: { StringEquals: unknown } }[];
  };
  return policy.Statement[0]?.Condition.StringEquals;
}

test('the trust policy lets in this script and this person, and nobody else', () => {
  const claims = identityClaims(
    tokenOf({ aud: 'script', azp: 'script', sub: '117', email: 'ñ@harbor.example' }),
  );
  expect(claims).toEqual({ audience: 'script', authorizedParty: 'script', subject: '117' });
  expect(JSON.parse(trustPolicy(claims))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'accounts.google.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'accounts.google.com:aud': 'script', 'accounts.google.com:sub': '117' },
        },
      },
    ],
  });
});

// docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
test('where Google names the client apart, AWS’s aud is azp, and oaud is aud', () => {
  expect(conditions({ aud: 'backend', azp: 'script', sub: '117' })).toEqual({
    'accounts.google.com:aud': 'script',
    'accounts.google.com:oaud': 'backend',
    'accounts.google.com:sub': '117',
  });
  expect(conditions({ aud: 'script', sub: '117' })).toEqual({
    'accounts.google.com:aud': 'script',
    'accounts.google.com:sub': '117',
  });
});

test('what is no token of Google is an error without a piece of it', () => {
  const bad = [
    { aud: 'secret-aud' },
    { sub: 'secret-sub' },
    { aud: '', sub: '1' },
    { aud: ['a'], sub: '1' },
    null,
  ];
  for (const claims of bad) {
    const error = errorOf(() => identityClaims(tokenOf(claims)));
    expect(error.code).toBe('reply-malformed');
    expect(JSON.stringify([error.message, error.data, String(error.cause)])).not.toContain('secret');
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => identityClaims(text)).toThrow(PurserError);
    }),
  );
});
