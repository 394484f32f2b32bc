/** Settings that name the attributes of a table's items. */

/** Each attribute by Purser's name for it; a name that two of them have is a problem of the later one. */
export function attributeNames<A extends string>(
  attributes: readonly A[],
  keyOf: (attribute: A) => string,
  text: (key: string) => string,
  bad: (key: string, why: string) => void,
): Record<A, string> {
  const names = {} as Record<A, string>;
  const used = new Map<string, A>();
  for (const attribute of attributes) {
    const name = text(keyOf(attribute)) || attribute;
    const other = used.get(name);
    if (other !== undefined) bad(keyOf(attribute), `“${name}” is already the attribute for ${other}.`);
    used.set(name, attribute);
    names[attribute] = name;
  }
  return names;
}
