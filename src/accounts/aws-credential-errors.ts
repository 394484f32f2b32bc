/** What Purser says when it can't prove itself to AWS. */
import { PurserError } from '../host/errors.ts';

/** Nothing is stored, or nothing that can be read: `aws-credentials-missing`. */
export function credentialsMissing(isUnreadable: boolean): PurserError {
  return new PurserError('aws-credentials-missing', {
    what: isUnreadable
      ? 'What is stored for AWS can’t be read.'
      : 'Purser has neither a role in AWS nor AWS keys of yours.',
    now: 'Choose Purser › Set up… and enter a role, or an access key, that may read the two tables.',
  });
}

/** Google gives no identity token without the scope `openid`: `authorization-partial`. */
export function identityMissing(): PurserError {
  return new PurserError('authorization-partial', {
    what: 'Google gave Purser no identity token, with which AWS would let it act as the role: the permission “openid” was not granted.',
    now: 'Open the workbook again, choose Purser › Set up… and grant all permissions that Google lists; or enter an access key there.',
  });
}

/** DynamoDB takes no session of the role: `aws-credentials-refused`. */
export function sessionRefused(roleArn: string): PurserError {
  return new PurserError('aws-credentials-refused', {
    what: `AWS refused a session of the role ${roleArn} that it had just given.`,
    now: 'In IAM check that the role still exists and that nothing denies it; then choose Purser › Set up….',
  });
}
