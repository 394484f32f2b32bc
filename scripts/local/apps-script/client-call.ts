/**
 * What may cross `google.script.run`, both ways: "JavaScript primitives like a Number, Boolean, String, or null, as
 * well as JavaScript objects and arrays that are composed of primitives, objects and arrays"
 * (developers.google.com/apps-script/guides/html/communication#parameters_and_return_values). Dates, functions and
 * cycles make the call fail; `undefined` in an array becomes null.
 */

/** @throws TypeError naming the path of what may not cross. */
export function crossing(value: unknown, path: string): string {
  check(value, path, []);
  return JSON.stringify(value === undefined ? null : value);
}

function check(value: unknown, path: string, above: readonly object[]): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw illegal(path, String(value));
    return;
  }
  if (typeof value !== 'object') throw illegal(path, typeof value);
  if (above.includes(value)) throw illegal(path, 'circular reference');
  if (Array.isArray(value)) {
    value.forEach((item: unknown, at) => {
      check(item, `${path}[${at}]`, [...above, value]);
    });
    return;
  }
  // The script's objects are of another realm, so their prototype is told by its own lack of one.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw illegal(path, Object.prototype.toString.call(value).slice(8, -1));
  }
  for (const [name, item] of Object.entries(value)) check(item, `${path}.${name}`, [...above, value]);
}

function illegal(path: string, what: string): TypeError {
  return new TypeError(`Failed due to illegal value in property: ${path} (${what})`);
}
