/** Purser's signer against aws4 and @smithy/signature-v4, on one and the same request of DynamoDB. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import type { UnsignedRequest } from '../../src/clients/aws/sigv4.ts';
import { signRequest } from '../../src/clients/aws/sigv4.ts';
import { LOCAL_KEYS } from '../local/workspace.ts';
import type { Timed } from './interleave.ts';
import { interleave } from './interleave.ts';

const HOST = 'dynamodb.us-east-1.amazonaws.com';
const SIGNATURES_A_ROUND = 100;
const REQUEST: UnsignedRequest = {
  method: 'POST',
  url: `https://${HOST}/`,
  headers: { 'X-Amz-Target': 'DynamoDB_20120810.Query' },
  contentType: 'application/x-amz-json-1.0',
  body: JSON.stringify({
    TableName: 'crew-dispatch',
    IndexName: 'month-date-index',
    KeyConditionExpression: '#m = :m',
    ExpressionAttributeNames: { '#m': 'month' },
    ExpressionAttributeValues: { ':m': { S: '2026-05' } },
  }),
  region: 'us-east-1',
  service: 'dynamodb',
  credentials: LOCAL_KEYS,
  timeMs: Date.UTC(2026, 5, 1, 10),
};

/** @throws Error when the signatures differ */
export async function compareSigners(rounds: number): Promise<Timed[]> {
  const signingKeys = new Map<string, Uint8Array>();
  const ours = () => signRequest({ ...REQUEST, signingKeys }).headers.Authorization;
  const smithySigner = new SignatureV4({
    service: REQUEST.service,
    region: REQUEST.region,
    credentials: LOCAL_KEYS,
    sha256: Sha256,
    applyChecksum: false,
  });
  const smithy = async () => {
    const signed = await smithySigner.sign(
      {
        method: 'POST',
        protocol: 'https:',
        hostname: HOST,
        path: '/',
        headers: { ...REQUEST.headers, host: HOST },
        body: REQUEST.body,
      },
      { signingDate: new Date(REQUEST.timeMs) },
    );
    return signed.headers.authorization;
  };
  const signatures = new Set([ours(), byAws4(), await smithy()]);
  if (signatures.size !== 1) throw new Error(`The signers differ: ${[...signatures].join('\n')}`);
  return interleave(
    [
      { name: 'Purser', run: () => repeated(ours) },
      { name: 'aws4', run: () => repeated(byAws4) },
      {
        name: '@smithy/signature-v4',
        run: async () => {
          for (let count = 0; count < SIGNATURES_A_ROUND; count++) await smithy();
        },
      },
    ],
    rounds,
  );
}

function byAws4(): unknown {
  const moment = new Date(REQUEST.timeMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const request = {
    host: HOST,
    path: '/',
    method: 'POST',
    headers: { ...REQUEST.headers, 'X-Amz-Date': moment },
    body: REQUEST.body,
    service: REQUEST.service,
    region: REQUEST.region,
    extraHeadersToIgnore: { 'content-type': true, 'content-length': true },
  };
  return aws4.sign(request, LOCAL_KEYS).headers?.Authorization;
}

function repeated(sign: () => unknown): void {
  for (let count = 0; count < SIGNATURES_A_ROUND; count++) sign();
}
