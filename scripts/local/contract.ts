/**
 * What the parts of the local Workspace agree on. All servers live in one worker thread behind one gateway,
 * which listens on 127.0.0.1 and tells them apart by the `Host` header, so that a request carries the very host
 * that production uses (a SigV4 signature covers it).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One virtual host, or a few: answers the requests that the gateway hands it. Never throws. */
export interface VirtualHost {
  /** Production host names, lower case: `sheets.googleapis.com`. */
  readonly hosts: readonly string[];
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): Promise<void>;
}

/** The clock of the whole Workspace: it stands until somebody moves it. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  advance(ms: number): void;
  set(ms: number): void;
}

/** What a bearer token may do, as Google's token server would say. */
export interface Grant {
  readonly email: string;
  readonly scopes: readonly string[];
  /** When it ends by the clock; never when absent. */
  readonly expiresMs?: number;
}

/** Bearer tokens that the local Google servers accept; filled by the Workspace from the manifest's scopes. */
export type Tokens = Map<string, Grant>;

/**
 * A fault that the gateway plays on requests that match, `times` times (default: always), after letting `skip`
 * (default 0) matching requests through untouched.
 */
export interface Fault {
  /** Host name, or part of it. */
  readonly host: string;
  /** Part of the path, of the `X-Amz-Target` header or of the method; all requests when absent. */
  readonly match?: string;
  readonly times?: number;
  readonly skip?: number;
  readonly play: /** Answers this instead of the service. */
    | { readonly answer: { status: number; body: string; headers?: Record<string, string> } }
    /** Likewise, with the whole request in place of `%REQUEST%`, as careless services and proxies quote it. */
    | { readonly quote: { status: number; body: string } }
    /** Lets the service work, then answers this: a lost reply. */
    | { readonly lost: { status: number; body: string } }
    /** Closes the connection: UrlFetchApp says "Address unavailable" and throws the whole batch. */
    | { readonly unreachable: true }
    /** No answer within UrlFetchApp's 60 seconds: the clock moves by a minute and the whole batch is thrown. */
    | { readonly stall: true }
    /** The service's answer, cut in half. */
    | { readonly halve: true }
    /** The service's answer, gzip-encoded, as DynamoDB does for clients that accept it. */
    | { readonly zip: true }
    /** The `Date` header of the answer is this far from the clock's. */
    | { readonly skewMs: number };
}

/** One request as the trace keeps it, with the URL that production uses. */
export interface TracedExchange {
  readonly startedMs: number;
  readonly round: number;
  readonly request: { method: string; url: string; headers: Record<string, string>; body: Uint8Array };
  readonly reply: { status: number; headers: Record<string, string>; body: Uint8Array } | { failed: string };
}
