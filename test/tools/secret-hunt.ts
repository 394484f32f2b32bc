/** Looks for secrets in whatever can be seen, in each writing that a program may have given them. */

export interface Secret {
  /** `refresh token` */
  readonly kind: string;
  readonly value: string;
}

/** Something that somebody may see, and where. */
export interface Seen {
  readonly where: string;
  readonly text: string;
}

export interface SecretBook {
  /** What is shorter than a secret can be, or no text, is passed over. */
  add(kind: string, value: unknown): void;
  all(): readonly Secret[];
  /** How many there are of each kind. */
  counts(): Readonly<Record<string, number>>;
}

const SHORTEST = 8;
/** Of a longer one each half counts: words are cut off when they are long. */
const HALVED_FROM = 32;

export function secretBook(): SecretBook {
  const kinds = new Map<string, string>();
  return {
    add(kind, value) {
      if (typeof value === 'string' && value.length >= SHORTEST && !kinds.has(value)) kinds.set(value, kind);
    },
    all: () => [...kinds].map(([value, kind]) => ({ kind, value })),
    counts() {
      const counts: Record<string, number> = {};
      for (const kind of kinds.values()) counts[kind] = (counts[kind] ?? 0) + 1;
      return counts;
    },
  };
}

/** `refresh token in the log`, without the secret itself; each once. */
export function leaks(secrets: readonly Secret[], seen: readonly Seen[]): readonly string[] {
  const needles = secrets.map(needlesOf);
  const found = new Set<string>();
  const known = new Set<string>();
  for (const { where, text } of seen) {
    if (known.has(text)) continue;
    known.add(text);
    const { plain, base64 } = writingsOf(text);
    for (const { kind, words, codes } of needles) {
      const isThere =
        words.some((word) => plain.some((one) => one.includes(word))) ||
        codes.some((code) => base64.includes(code));
      if (isThere) found.add(`${kind} in ${where}`);
    }
  }
  return [...found];
}

function needlesOf({ kind, value }: Secret): {
  readonly kind: string;
  readonly words: readonly string[];
  readonly codes: readonly string[];
} {
  const half = Math.floor(value.length / 2);
  const words = value.length < HALVED_FROM ? [value] : [value.slice(0, half), value.slice(half)];
  return { kind, words, codes: words.flatMap(codesOf) };
}

/** The text in base64, as it stands wherever in something longer: the first and last letters depend on that. */
function codesOf(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const letters = bytes.toString('base64').replace(/=+$/, '');
    return letters.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
}

function writingsOf(text: string): { readonly plain: readonly string[]; readonly base64: string } {
  // Quoted-printable's soft line ends, and base64's.
  const joined = text.replace(/=\r?\n|\s+/g, '');
  const plain = new Set([text, joined]);
  for (const one of [text, joined]) {
    plain.add(unquoted(one));
    plain.add(unescaped(one));
    plain.add(unpercented(unescaped(one)));
  }
  return { plain: [...plain], base64: joined.replaceAll('-', '+').replaceAll('_', '/') };
}

function unquoted(text: string): string {
  return text.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Of JSON and of HTML. */
function unescaped(text: string): string {
  return text
    .replace(/\\u00([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1')
    .replace(/&#(\d{2,3});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&#x([0-9a-f]{2});/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&');
}

/** Twice, for an address within an address. */
function unpercented(text: string): string {
  const once = (one: string): string =>
    one.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return once(once(text));
}
