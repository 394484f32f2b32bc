import * as v from 'valibot';
import { settleJson } from '../../../src/clients/google/reply.ts';
import type { ScriptedReply } from '../../tools/fake-host.ts';
import { replyOf } from '../../tools/fake-host.ts';

const Schema = v.object({ id: v.string(), parts: v.optional(v.array(v.object({ size: v.number() }))) });

function settle(reply: ScriptedReply, repeatable = true) {
  return settleJson({ name: 'Drive search', repeatable }, replyOf(reply), Schema);
}

/** As Drive and Gmail say it: developers.google.com/workspace/drive/api/guides/handle-errors. */
function legacy(status: number, reason: string, message = 'The words of Google.'): ScriptedReply {
  return {
    status,
    body: { error: { code: status, message, errors: [{ domain: 'usageLimits', reason, message }] } },
  };
}

/** As Sheets says it: cloud.google.com/apis/design/errors#http_mapping. */
function rpc(status: number, name: string, reason?: string): ScriptedReply {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }];
  return {
    status,
    body: { error: { code: status, message: 'No.', status: name, ...(reason ? { details } : {}) } },
  };
}

test('a good reply is its JSON, without what nobody asked for', () => {
  expect(settle({ status: 200, body: { id: '1', extra: true } })).toEqual({
    kind: 'done',
    value: { id: '1' },
  });
});

test.each<[string, ScriptedReply, string]>([
  ['429', legacy(429, 'rateLimitExceeded'), 'service-throttled'],
  ['429 of Sheets', rpc(429, 'RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED'), 'service-throttled'],
  ['403 for the rate', legacy(403, 'rateLimitExceeded'), 'service-throttled'],
  ['403 for the user’s rate', legacy(403, 'userRateLimitExceeded'), 'service-throttled'],
  ['429 as a page', { status: 429, body: '<html>Too many</html>' }, 'service-throttled'],
  ['500', legacy(500, 'backendError'), 'service-unavailable'],
  ['503 as a page', { status: 503, body: '<!DOCTYPE html><title>Error 503</title>' }, 'service-unavailable'],
  ['408', { status: 408 }, 'service-unavailable'],
  ['JSON that broke off', { status: 200, body: '{"id":"1","par' }, 'reply-malformed'],
  ['a page instead of JSON', { status: 200, body: '<html>Sign in</html>' }, 'reply-malformed'],
  ['nothing', { status: 200, body: '' }, 'reply-malformed'],
])('%s passes with time, for a read', (_, reply, code) => {
  expect(settle(reply)).toMatchObject({ kind: 'retry', error: { code } });
});

test.each<[string, ScriptedReply, string]>([
  ['500', legacy(500, 'backendError'), 'service-unavailable'],
  ['502', { status: 502 }, 'service-unavailable'],
  ['503', { status: 503 }, 'service-unavailable'],
  ['408', { status: 408 }, 'service-unavailable'],
  ['JSON that broke off', { status: 200, body: '{"id' }, 'reply-malformed'],
])('%s is final for what may not be repeated: nobody knows what happened', (_, reply, code) => {
  expect(settle(reply, false)).toMatchObject({ kind: 'failed', error: { code } });
});

test('a limit is a clear no, so that even a send may come back', () => {
  expect(settle(legacy(429, 'rateLimitExceeded'), false).kind).toBe('retry');
  expect(settle(legacy(403, 'userRateLimitExceeded'), false).kind).toBe('retry');
});

test.each<[string, ScriptedReply, string, string]>([
  ['a bad request', legacy(400, 'badRequest'), 'google-refused', 'refused'],
  ['an expired token', legacy(401, 'authError'), 'google-refused', 'refused'],
  ['a full Drive', legacy(403, 'storageQuotaExceeded'), 'google-refused', 'refused'],
  ['the day’s limit', legacy(403, 'dailyLimitExceeded'), 'service-throttled', 'unavailable'],
  [
    'the day’s limit of a mailbox',
    legacy(429, 'rateLimitExceeded', 'User-rate limit exceeded (Mail sending)'),
    'service-throttled',
    'unavailable',
  ],
  ['somebody else’s file', legacy(403, 'insufficientFilePermissions'), 'google-refused', 'refused'],
  ['a missing scope', legacy(403, 'insufficientPermissions'), 'google-scope-missing', 'setup'],
  [
    'a missing scope in Sheets',
    rpc(403, 'PERMISSION_DENIED', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
    'google-scope-missing',
    'setup',
  ],
  ['no such file', legacy(404, 'notFound'), 'google-not-found', 'refused'],
  ['a redirect', { status: 302, body: '<html>' }, 'google-refused', 'refused'],
  ['an error as a page', { status: 400, body: '<html>Bad</html>' }, 'google-refused', 'refused'],
])('%s is final', (_, reply, code, kind) => {
  expect(settle(reply)).toMatchObject({ kind: 'failed', error: { code, kind } });
});

test('an expired token says how to grant access anew; Google’s words and reason are passed on', () => {
  const settled = settle(legacy(401, 'authError', 'Request had invalid authentication credentials.'));
  expect(settled).toMatchObject({
    error: {
      what: 'Drive search was refused (HTTP 401). Google says: “Request had invalid authentication credentials.”',
      now: expect.stringContaining('grant access anew'),
      data: { status: 401, reason: 'authError' },
    },
  });
});

test('a good JSON of another shape is malformed at once, naming where', () => {
  expect(settle({ status: 200, body: { id: '1', parts: [{ size: 1 }, { size: 'big' }] } })).toMatchObject({
    kind: 'failed',
    error: {
      code: 'reply-malformed',
      what: 'The reply to Drive search has something unexpected at parts.1.size.',
    },
  });
  expect(settle({ status: 200, body: '[]' })).toMatchObject({
    kind: 'failed',
    error: { code: 'reply-malformed' },
  });
});

test('a reply that can’t be read is not quoted, because it may hold a token', () => {
  const settled = settle({ status: 200, body: 'ya29.secret {"access_token":"ya29.secret' });
  if (settled.kind !== 'retry') throw new Error(settled.kind);
  const { error } = settled;
  expect(`${error.message} ${String(error.cause)} ${JSON.stringify(error.data)}`).not.toContain('ya29');
});

test('a time to come back in Google’s words counts from Google’s clock, unless a header names one', () => {
  const words = 'User-rate limit exceeded.  Retry after 2026-06-01T10:15:00.000Z';
  const date = 'Mon, 01 Jun 2026 10:00:00 GMT';
  const said = (headers: Record<string, string>) =>
    settle({ ...legacy(429, 'rateLimitExceeded', words), headers });
  expect(said({ date })).toMatchObject({
    kind: 'retry',
    afterMs: 900_000,
    error: { data: { afterMs: 900_000 } },
  });
  expect(said({ date, 'retry-after': '7' })).toMatchObject({ afterMs: 7_000 });
  expect(said({})).not.toHaveProperty('afterMs');
});

// RFC 9110, 10.2.3
test.each([
  ['7', undefined, 7_000],
  [' 7 ', undefined, 7_000],
  ['Mon, 01 Jun 2026 10:00:30 GMT', 'Mon, 01 Jun 2026 10:00:00 GMT', 30_000],
  ['Mon, 01 Jun 2026 09:00:00 GMT', 'Mon, 01 Jun 2026 10:00:00 GMT', undefined],
  ['Mon, 01 Jun 2026 10:00:30 GMT', undefined, undefined],
  ['0', undefined, undefined],
  ['soon', undefined, undefined],
  ['-5', undefined, undefined],
])('Retry-After %j (Date %j) asks for %j ms', (after, date, afterMs) => {
  const headers = { 'retry-after': after, ...(date === undefined ? {} : { date }) };
  for (const status of [429, 503]) {
    const settled = settle({ status, headers });
    expect(settled.kind === 'retry' ? settled.afterMs : 'not a retry').toBe(afterMs);
  }
});
