/**
 * The bare JavaScript realm of one execution: its own intrinsics, a clock and a random source that can be set, and
 * the script's time zone, so that a run doesn't depend on the machine.
 */
import { createContext, runInContext } from 'node:vm';
import { fromWallMs, zoneOffsetMs } from './zone.ts';

export interface Realm {
  readonly globals: Record<string, unknown>;
  /** An error that `instanceof Error` recognises inside the realm. */
  error(name: string, message: string): Error;
  array<T>(items: ArrayLike<T>): T[];
  object<T>(entries: Readonly<Record<string, T>>): Record<string, T>;
  /** The realm's own copy of plain data. */
  parse(json: string): unknown;
  /** From now on the realm has this clock and this random source. */
  use(sources: RealmSources): void;
}

interface Intrinsics {
  readonly Error: ErrorConstructor;
  readonly Array: ArrayConstructor;
  readonly Object: ObjectConstructor;
  readonly JSON: JSON;
  readonly Date: DateConstructor;
  readonly Math: Math;
}

export interface RealmSources {
  readonly now: () => number;
  readonly random: () => number;
}

export interface RealmOptions extends RealmSources {
  readonly timeZone: string;
}

export function createRealm(options: RealmOptions): Realm {
  const globals: Record<string, unknown> = {};
  createContext(globals);
  const inside = runInContext('({ Error, Array, Object, JSON, Date, Math })', globals) as Intrinsics;
  let sources: RealmSources = options;
  inside.Math.random = () => sources.random();
  const date = scriptDate(inside.Date, { ...options, now: () => sources.now() });
  // Not enumerable, as the global it replaces.
  Object.defineProperty(globals, 'Date', { value: date, writable: true, configurable: true });
  runInContext(DECLARED_INTRINSICS, globals);
  return {
    globals,
    error: (name, message) => {
      const error = new inside.Error(message);
      error.name = name;
      return error;
    },
    array: (items) => inside.Array.from(items),
    object: (entries) => inside.Object.assign(new inside.Object(), entries) as Record<string, never>,
    parse: (json) => inside.JSON.parse(json) as unknown,
    use: (others) => {
      sources = others;
    },
  };
}

/**
 * Node asks the context's object for each global that a script names, which is a good part of a run's time; what a
 * script has declared is found before that (tc39.es/ecma262/#sec-global-environment-records-getbindingvalue-n-s).
 */
const DECLARED_INTRINSICS = `const { ${[
  ...[
    'Array',
    'ArrayBuffer',
    'BigInt',
    'Boolean',
    'DataView',
    'Date',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
  ],
  ...[
    'Object',
    'Promise',
    'RangeError',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'TypeError',
    'WeakMap',
    'WeakSet',
  ],
  ...['Int8Array', 'Int32Array', 'Uint8Array', 'Uint16Array', 'Uint32Array', 'Proxy', 'Reflect'],
  ...['decodeURIComponent', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
].join(', ')} } = globalThis;`;

const FIELDS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const HAS_ZONE = /(\dZ|\b(GMT|UTC?|[ECMP][SD]T)([+-]\d{1,4})?|:\d\d(\.\d+)?\s*[+-]\d\d:?\d\d)\s*(\(.*\))?$/i;
const ISO_DATE_ONLY = /^[+-]?\d{4,6}(-\d\d){0,2}$/;

/** The realm's `Date`, with the script's time zone as local time: Apps Script's local time is the manifest's. */
function scriptDate(RealDate: DateConstructor, { now, timeZone }: RealmOptions): DateConstructor {
  const shifted = (ms: number) => new RealDate(ms + zoneOffsetMs(ms, timeZone));
  const parse = (text: string): number => {
    const ms = RealDate.parse(text);
    if (Number.isNaN(ms) || HAS_ZONE.test(text) || ISO_DATE_ONLY.test(text)) return ms;
    // The engine read it in the machine's zone: `asMachine` is the wall clock that the text shows.
    const asMachine = ms - machineOffsetMinutes.call(new RealDate(ms)) * 60_000;
    return fromWallMs(asMachine, timeZone);
  };
  const machineOffsetMinutes = RealDate.prototype.getTimezoneOffset;
  const realToString = RealDate.prototype.toString;
  const timeOf = (date: Date) => RealDate.prototype.getTime.call(date);

  const construct = (parts: readonly unknown[]): number | string | Date => {
    if (parts.length === 0) return now();
    if (parts.length === 1) {
      const [only] = parts;
      return typeof only === 'string' ? parse(only) : (only as number | Date);
    }
    const numbers = parts.map(Number);
    const wall = RealDate.UTC(numbers[0] ?? Number.NaN, numbers[1] ?? 0, ...numbers.slice(2));
    return Number.isNaN(wall) ? wall : fromWallMs(wall, timeZone);
  };
  function ScriptDate(...parts: unknown[]): unknown {
    if (new.target === undefined) return described(now()).toString();
    return Reflect.construct(RealDate, [construct(parts)], new.target);
  }
  const describe = (ms: number) => {
    const wall = shifted(ms).toUTCString();
    const minutes = zoneOffsetMs(ms, timeZone) / 60_000;
    const clock = Math.abs(Math.trunc(minutes));
    const offset = `${minutes < 0 ? '-' : '+'}${String(Math.trunc(clock / 60) * 100 + (clock % 60)).padStart(4, '0')}`;
    const match = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(wall);
    if (match === null) return { day: 'Invalid Date', time: 'Invalid Date' };
    const [, weekday, day, month, year, time] = match;
    return { day: `${weekday} ${month} ${day} ${year}`, time: `${time} GMT${offset}` };
  };
  const described = (ms: number) => {
    const { day, time } = describe(ms);
    return { day, time, toString: () => (day === time ? day : `${day} ${time}`) };
  };
  const valid = (ms: number) => !Number.isNaN(ms);

  const methods: Record<string, (this: Date, ...values: number[]) => unknown> & ThisType<Date> = {
    getTimezoneOffset() {
      const ms = timeOf(this);
      return valid(ms) ? -zoneOffsetMs(ms, timeZone) / 60_000 : Number.NaN;
    },
    getDay() {
      const ms = timeOf(this);
      return valid(ms) ? shifted(ms).getUTCDay() : Number.NaN;
    },
    toString() {
      const ms = timeOf(this);
      return valid(ms) ? described(ms).toString() : realToString.call(this);
    },
    toDateString() {
      const ms = timeOf(this);
      return valid(ms) ? described(ms).day : realToString.call(this);
    },
    toTimeString() {
      const ms = timeOf(this);
      return valid(ms) ? described(ms).time : realToString.call(this);
    },
  };
  for (const name of FIELDS) {
    methods[`get${name}`] = function () {
      const ms = timeOf(this);
      return valid(ms) ? shifted(ms)[`getUTC${name}`]() : Number.NaN;
    };
    methods[`set${name}`] = function (...values) {
      const ms = timeOf(this);
      const wall = valid(ms) ? shifted(ms) : new RealDate(name === 'FullYear' ? 0 : Number.NaN);
      Reflect.apply(wall[`setUTC${name}`], wall, values);
      const moved = wall.getTime();
      return this.setTime(valid(moved) ? fromWallMs(moved, timeZone) : moved);
    };
  }
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const real = RealDate.prototype[name];
    RealDate.prototype[name] = function (locales?: unknown, format?: Intl.DateTimeFormatOptions) {
      return Reflect.apply(real, this, [locales, { timeZone, ...format }]) as string;
    };
  }
  for (const [name, value] of Object.entries({ ...methods, constructor: ScriptDate })) {
    Object.defineProperty(RealDate.prototype, name, { value, writable: true, configurable: true });
  }
  Object.defineProperties(ScriptDate, {
    prototype: { value: RealDate.prototype },
    name: { value: 'Date' },
    length: { value: 7 },
    now: { value: now, writable: true, configurable: true },
    parse: { value: parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
  });
  return ScriptDate as unknown as DateConstructor;
}
