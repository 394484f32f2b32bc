/** Character references of HTML (html.spec.whatwg.org/multipage/named-characters.html): those that mails use. */

const ENTITIES = new Map<string, string>(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    shy: '',
    zwnj: '',
    zwj: '',
    lrm: '',
    rlm: '',
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    hellip: '…',
    bull: '•',
    middot: '·',
    euro: '€',
    pound: '£',
    yen: '¥',
    cent: '¢',
    dollar: '$',
    copy: '©',
    reg: '®',
    trade: '™',
    deg: '°',
    times: '×',
    rarr: '→',
    larr: '←',
    rArr: '⇒',
    raquo: '»',
    laquo: '«',
    num: '#',
    colon: ':',
    comma: ',',
    period: '.',
    sol: '/',
    lpar: '(',
    rpar: ')',
    szlig: 'ß',
    aelig: 'æ',
    AElig: 'Æ',
    oslash: 'ø',
    Oslash: 'Ø',
    aring: 'å',
    Aring: 'Å',
    ccedil: 'ç',
    Ccedil: 'Ç',
    ntilde: 'ñ',
    Ntilde: 'Ñ',
    eth: 'ð',
    thorn: 'þ',
  }),
);
const ACCENTS = new Map<string, string>(
  Object.entries({
    acute: '\u0301',
    grave: '\u0300',
    circ: '\u0302',
    uml: '\u0308',
    tilde: '\u0303',
    cedil: '\u0327',
    caron: '\u030c',
  }),
);

/** Character references to characters; one that isn't known stays as it is written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,12});?/g,
    (whole, name: string) => {
      if (name.startsWith('#')) {
        const code = /^#x/i.test(name)
          ? Number.parseInt(name.slice(2), 16)
          : Number.parseInt(name.slice(1), 10);
        const known = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
        return known ? String.fromCodePoint(code) : '\ufffd';
      }
      const entity = ENTITIES.get(name);
      if (entity !== undefined) return entity;
      const accent = ACCENTS.get(name.slice(1));
      return accent === undefined ? whole : `${name.charAt(0)}${accent}`.normalize('NFC');
    },
  );
}
