/** The bundled client in a realm with nothing but the language, as Apps Script is. */
import { join } from 'node:path';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { type SigningKeys, signRequest, type UnsignedRequest } from '../../../src/clients/aws/sigv4.ts';

const folder = join(import.meta.dirname, '../../../src/clients/aws');

function runInBareRealm(expression: string): unknown {
  const entry = [
    `export { signRequest } from './sigv4.ts';`,
    `export { createDynamoDb } from './dynamodb.ts';`,
    `export { crc32 } from './crc32.ts';`,
    `export { encode as utf8 } from '@stablelib/utf8';`,
  ].join('\n');
  const built = buildSync({
    stdin: { contents: entry, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'aws',
    target: 'es2020',
    platform: 'neutral',
    mainFields: ['module', 'main'],
  });
  const code = built.outputFiles[0]?.text ?? '';
  const result: unknown = vm.runInContext(`${code}\n;JSON.stringify(${expression})`, vm.createContext({}));
  return JSON.parse(String(result));
}

test('there, it signs a body beyond the basic plane as it does in Node', () => {
  const input: UnsignedRequest = {
    method: 'POST',
    url: 'https://dynamodb.us-east-1.amazonaws.com/',
    headers: { 'X-Amz-Target': 'DynamoDB_20120810.Query' },
    contentType: 'application/x-amz-json-1.0',
    body: '{"vessel":"Señorita 🐬"}',
    region: 'us-east-1',
    service: 'dynamodb',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
    timeMs: Date.UTC(2026, 5, 1, 6, 0, 0),
  };
  const signingKeys: SigningKeys = new Map();
  expect(runInBareRealm(`aws.signRequest(${JSON.stringify(input)})`)).toEqual(
    signRequest({ ...input, signingKeys }),
  );
});

test('there, it reads a reply and checks its sum', () => {
  const body = JSON.stringify({ Items: [{ id: { S: '🐬' } }], Count: 1, ScannedCount: 1 });
  const settled = runInBareRealm(`(() => {
    const events = [];
    const db = aws.createDynamoDb({
      region: 'us-east-1',
      credentials: { current: () => ({ accessKeyId: 'A', secretAccessKey: 's' }) },
      log: (event) => events.push(event),
    });
    const body = ${JSON.stringify(body)};
    const headers = { 'x-amz-crc32': String(aws.crc32(aws.utf8(body))) };
    const reply = { status: 200, headers, text: () => body, bytes: () => aws.utf8(body) };
    return [db.scanAll({ table: 't' }).settle(reply, { nowMs: 0 }), events];
  })()`);
  expect(settled).toEqual([{ kind: 'done', value: [{ id: { S: '🐬' } }] }, []]);
});
